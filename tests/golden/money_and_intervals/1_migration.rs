use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("offers", |table| {
        table.id();
        table.money("price");
        table.interval("valid_for");
    });
}
