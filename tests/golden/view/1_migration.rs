use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create_view("live_posts", "SELECT id, title FROM posts WHERE live");
    schema.create_view("Odd name", "SELECT id, title FROM live_posts").columns(["key", "a title"]);
}
