use arvel_migrate::prelude::*;

migration! { up }

// No room twice on one day.
fn up(schema: &mut Schema) {
    schema.create("bookings", |table| {
        table.id();
        table.integer_range("room");
        table.date_range("during");
        table.exclude(&[("room", "&&"), ("during", "&&")]);
    });
}
