use arvel_migrate::prelude::*;

migration! { up, down }

fn up(schema: &mut Schema) {
    schema.create_if_not_exists("posts", |table| {
        table.id();
        table.string("title");
    });
}

fn down(schema: &mut Schema) {
    schema.drop("posts");
}
