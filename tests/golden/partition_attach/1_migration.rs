use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.when_database("postgres", |schema| {
        schema.table("visits", |table| {
            table.attach_partition("visits_2028", "FOR VALUES FROM ('2028-01-01') TO ('2029-01-01')");
        });
    });
}
