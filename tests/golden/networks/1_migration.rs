use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("networks", |table| {
        table.id();
        table.cidr("net");
        table.mac_address_8("card");
    });
}
