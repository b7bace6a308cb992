use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.rename_materialized_view("live_posts", "Posts that are live");
}
