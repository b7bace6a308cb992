use arvel_migrate::prelude::*;

migration! { up, down }

fn up(schema: &mut Schema) {
    schema.drop_if_exists("posts");
}

fn down(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.string("title").index();
    });
}
