use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.when_database("mysql", |schema| {
        schema.table("readings", |table| {
            table.foreign("n").references("id").on("places");
            table.index("n");
        });
    });
}
