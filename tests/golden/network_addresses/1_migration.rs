use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("visits", |table| {
        table.id();
        table.ip_address("from");
        table.mac_address("card").nullable();
    });
}
