use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table
            .foreign_id("editor_id")
            .nullable()
            .index()
            .constrained("users")
            .named("who_edits")
            .null_on_delete();
    });
}
