use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("authors", |table| {
        table.id();
        table.string("name").unique();
    });
    schema.create("posts", |table| {
        table.id();
        table.foreign_id("author_id").index().constrained("authors");
    });
}
