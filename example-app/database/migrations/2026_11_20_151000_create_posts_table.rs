use arvel_migrate::prelude::*;

migration! { up, down }

fn up(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.foreign_id("author_id").index().constrained("users").restrict_on_delete();
        table.string_of("title", 200);
        table.string("slug").unique();
        table.text("body");
        // NULL while it is a draft.
        table.timestamp("published_at").nullable().index();
        table.timestamps();
    });
}

fn down(schema: &mut Schema) {
    schema.drop("posts");
}
