use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("products", |table| {
        table.integer("net").nullable().virtual_as("price - 19");
    });
}
