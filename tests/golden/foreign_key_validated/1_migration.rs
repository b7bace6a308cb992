use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.validate_constraint("posts_user_id_foreign");
    });
}
