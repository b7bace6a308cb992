use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.drop_view("live_posts");
    schema.drop_view_if_exists("never_there");
}
