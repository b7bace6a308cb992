use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create_or_replace_view("live_posts", "SELECT id, title, live FROM posts WHERE live");
    schema.create_or_replace_view("all_posts", "SELECT id, title FROM posts");
}
