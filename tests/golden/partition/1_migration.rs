use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema
        .when_database("mysql", |schema| {
            schema.create_partition("visits", "visits_2028", "VALUES LESS THAN ('2029-01-01')");
        })
        .otherwise(|schema| {
            schema.create_partition(
                "visits",
                "visits_2028",
                "FOR VALUES FROM ('2028-01-01') TO ('2029-01-01')",
            );
            schema.create_partition("visits", "visits_else", "default");
        });
}
