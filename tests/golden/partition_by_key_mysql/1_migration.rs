use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.when_database("mysql", |schema| {
        schema.create("readings", |table| {
            table.integer("place");
            table.integer("n");
            table.partition_by_key(["place", "n"]);
        });
    });
}
