use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("moments", |table| {
        table.id();
        table.date("day");
        table.time("at");
        table.time_of("exactly_at", 3);
        table.date_time("local");
        table.date_time_of("exactly_local", 6);
        table.timestamp("instant").nullable();
        table.timestamp_of("exact_instant", 6).nullable();
    });
}
