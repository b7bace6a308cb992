use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema
        .create_materialized_view("live_posts", "SELECT id, title FROM posts WHERE live")
        .option("fillfactor", "70")
        .unique("id")
        .index(["title", "id"]);
    schema
        .create_materialized_view("titles", "SELECT title FROM live_posts")
        .columns("a title")
        .without_data();
}
