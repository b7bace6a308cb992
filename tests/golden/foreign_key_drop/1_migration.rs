use arvel_migrate::prelude::*;

migration! { up, down }

fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.drop_foreign("author_id");
    });
}

fn down(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.foreign("author_id").references("id").on("users").cascade_on_delete();
    });
}
