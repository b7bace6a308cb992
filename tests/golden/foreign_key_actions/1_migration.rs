use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.foreign_id("author_id").index().constrained("users").cascade_on_delete().cascade_on_update();
        table.foreign_id("editor_id").nullable().index().constrained("users").null_on_delete();
        table
            .foreign_id("owner_id")
            .index()
            .constrained("users")
            .on_delete(ForeignKeyAction::Restrict)
            .on_update(ForeignKeyAction::NoAction);
    });
}
