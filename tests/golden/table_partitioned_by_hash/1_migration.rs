use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema
        .when_database("mysql", |schema| {
            schema.create("visits", |table| {
                table.big_integer("id").primary();
                table.string("city");
                table.partition_by_hash("id").partition("visits_even", "").partition("visits_odd", "");
            });
        })
        .otherwise(|schema| {
            schema.create("visits", |table| {
                table.big_integer("id").primary();
                table.string("city");
                table
                    .partition_by_hash("id")
                    .partition("visits_even", "FOR VALUES WITH (MODULUS 2, REMAINDER 0)")
                    .partition("visits_odd", "FOR VALUES WITH (MODULUS 2, REMAINDER 1)");
            });
        });
}
