use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.drop_materialized_view("live_posts");
    schema.drop_materialized_view_if_exists("never_there");
}
