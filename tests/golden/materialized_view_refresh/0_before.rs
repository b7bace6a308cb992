use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.string("title");
        table.boolean("live").default(false);
    });
    schema
        .create_materialized_view("live_posts", "SELECT id, title FROM posts WHERE live")
        .unique("id")
        .index("title");
}
