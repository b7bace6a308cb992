use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.refresh_materialized_view("live_posts").online();
}
