use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("spans", |table| {
        table.id();
        table.integer_multirange("numbers");
        table.timestamp_multirange("instants").nullable();
    });
}
