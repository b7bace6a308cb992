use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.when_database("mysql", |schema| {
        schema.create("readings", |table| {
            table.date("day");
            table.integer("n");
            table
                .partition_by_range("year(`day`)")
                .partition("p2020", "VALUES LESS THAN (2021)")
                .partition("later", "VALUES LESS THAN MAXVALUE");
        });
    });
}
