use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("bookings", |table| {
        table.drop_exclusion("during");
    });
}
