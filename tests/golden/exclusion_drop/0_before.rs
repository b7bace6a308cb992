use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("bookings", |table| {
        table.id();
        table.date_range("during").nullable();
        table.exclude(&[("during", "&&")]);
    });
}
