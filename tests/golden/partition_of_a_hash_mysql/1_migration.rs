use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.when_database("mysql", |schema| {
        schema.create_partition("readings", "p2", "");
        schema.drop_partition("readings", "p2");
        schema.drop_partition("readings", "p1");
    });
}
