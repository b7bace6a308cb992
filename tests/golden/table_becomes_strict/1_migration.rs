use arvel_migrate::prelude::*;

migration! { up }

// The way back is a rebuild with the former types.
fn up(schema: &mut Schema) {
    schema.table("prices", |table| table.strict());
}
