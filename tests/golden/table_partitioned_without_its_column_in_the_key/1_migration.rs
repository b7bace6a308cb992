use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("visits", |table| {
        table.id();
        table.date("day");
        table
            .partition_by_range("day")
            .partition("visits_2026", "FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')");
    });
}
