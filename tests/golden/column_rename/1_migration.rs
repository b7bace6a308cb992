use arvel_migrate::prelude::*;

migration! { up }

// Indexes and checks follow.
fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.rename_column("title", "headline");
    });
}
