use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("products", |table| {
        table.id();
        table.integer("price");
        table.integer("stock").nullable();
    });
}
