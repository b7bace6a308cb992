use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("orders", |table| {
        table.id().starting_value(1_000);
        table.string("title");
    });
}
