use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.drop_trigger("posts_changes", "posts");
    schema.drop_trigger_if_exists("never_there", "posts");
}
