use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.when_database("mysql", |schema| {
        schema.create("readings", |table| {
            table.big_integer("id");
            table.integer("year");
            table.primary(["id", "year"]);
            table
                .partition_by_range("year")
                .partition("p2020", "VALUES LESS THAN (2021)")
                .partition("later", "VALUES LESS THAN (MAXVALUE)");
        });
    });
}
