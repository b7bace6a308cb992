use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table
            .foreign_id("author_id")
            .default(1)
            .index()
            .constrained("users")
            .on_delete(ForeignKeyAction::SetDefault);
    });
}
