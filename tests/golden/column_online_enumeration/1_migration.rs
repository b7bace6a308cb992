use arvel_migrate::prelude::*;

migration! { up }

// The check beside the type is held against the rows afterwards.
fn up(schema: &mut Schema) {
    schema.table("users", |table| {
        table.enumeration("state", &["new", "known"]).default("new").online();
    });
}
