use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("products", |table| {
        table.integer("gross").nullable().stored_as("price + 20").change();
    });
}
