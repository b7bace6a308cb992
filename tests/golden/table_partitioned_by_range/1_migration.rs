use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema
        .when_database("mysql", |schema| {
            schema.create("visits", |table| {
                table.big_integer("id");
                table.date("day");
                table.string("city");
                table.primary(["id", "day"]);
                table.index("city");
                table
                    .partition_by_range("day")
                    .partition("visits_2026", "VALUES LESS THAN ('2027-01-01')")
                    .partition("visits_later", "VALUES LESS THAN (MAXVALUE)");
            });
        })
        .otherwise(|schema| {
            schema.create("visits", |table| {
                table.big_integer("id");
                table.date("day");
                table.string("city");
                table.primary(["id", "day"]);
                table.index("city");
                table
                    .partition_by_range("day")
                    .partition("visits_2026", "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')")
                    .partition("visits_later", "for values from ('2027-01-01') to (maxvalue)");
            });
        });
}
