use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.when_database("mysql", |schema| {
        schema.create_partition("readings", "middle", "VALUES LESS THAN (20)");
    });
}
