use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.string_of("author", 40);
        table.string("title");
        table.string_of("slug", 40);
    });
}
