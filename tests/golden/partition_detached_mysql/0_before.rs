use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.when_database("mysql", |schema| {
        schema.create("readings", |table| {
            table.integer("place");
            table.integer("n").nullable();
            table
                .partition_by_range("place")
                .partition("low", "VALUES LESS THAN (10)")
                .partition("middle", "VALUES LESS THAN (20)")
                .partition("high", "VALUES LESS THAN (30)");
        });
    });
}
