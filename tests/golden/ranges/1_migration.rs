use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("spans", |table| {
        table.id();
        table.integer_range("numbers");
        table.big_integer_range("big_numbers");
        table.decimal_range("amounts");
        table.date_range("days");
        table.date_time_range("locally");
        table.timestamp_range("instants");
    });
}
