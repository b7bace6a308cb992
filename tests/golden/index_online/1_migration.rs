use arvel_migrate::prelude::*;

migration! { up }

// Readers and writers go on.
fn up(schema: &mut Schema) {
    schema.table("users", |table| {
        table.index("email").online();
        table.unique(["name", "email"]).online();
    });
}
