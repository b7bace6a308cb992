use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create_view("live_posts", "SELECT id, title, live FROM posts WHERE live").check_option("local");
    schema.create_view("shown_posts", "SELECT id, title, live FROM live_posts").check_option("cascaded");
}
