use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.when_database("postgres", |schema| {
        schema.table("visits", |table| {
            table
                .detach_partition("visits_2027")
                .online()
                .bounds("FOR VALUES FROM ('2027-01-01') TO ('2028-01-01')");
        });
    });
}
