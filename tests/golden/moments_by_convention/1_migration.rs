use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.timestamps_of(3);
        table.soft_deletes_of(3);
        table.remember_token();
    });
}
