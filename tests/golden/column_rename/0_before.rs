use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.string("title").unique();
        table.string("author");
        table.index(["author", "title"]);
        table.check("posts_title_check", "title <> ''");
    });
}
