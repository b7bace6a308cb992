use arvel_migrate::prelude::*;

migration! { up }

// The usual one, said aloud.
fn up(schema: &mut Schema) {
    schema.table("users", |table| {
        table.index("email").method("btree");
    });
}
