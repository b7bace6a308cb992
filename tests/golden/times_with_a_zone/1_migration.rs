use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("moments", |table| {
        table.id();
        table.time_tz("at");
        table.time_tz_of("exactly_at", 3);
    });
}
