use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("users", |table| {
        table.id();
    });
    schema.create("posts", |table| {
        table.id();
        table.foreign_id("author_id").nullable().constrained("users");
        table.string("slug").nullable().index();
    });
}
