use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.drop_timestamps();
        table.drop_soft_deletes();
        table.drop_remember_token();
    });
}
