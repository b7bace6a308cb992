use arvel_migrate::prelude::*;

migration! { up }

// Kept, and used by nobody: a trial before it is dropped.
fn up(schema: &mut Schema) {
    schema.table("users", |table| {
        table.index("email").invisible();
    });
}
