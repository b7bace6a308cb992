use arvel_migrate::prelude::*;

migration! { up }

// Checks, collations, computed columns, partial indexes.
fn up(schema: &mut Schema) {
    schema.table("products", |table| {
        table.big_integer("price").change();
    });
}
