use arvel_migrate::prelude::*;

migration! { up }

// It goes with the connection, and there is nothing to undo.
fn up(schema: &mut Schema) {
    schema.create("scratch", |table| {
        table.integer("n");
        table.temporary();
    });
}
