use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.when_database("mysql", |schema| {
        schema.table("readings", |table| {
            table.detach_partition("high");
        });
    });
}
