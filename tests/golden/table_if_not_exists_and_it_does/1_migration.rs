use arvel_migrate::prelude::*;

migration! { up }

// The table that is there stays as it is, whatever its shape.
fn up(schema: &mut Schema) {
    schema.create_if_not_exists("posts", |table| {
        table.id();
        table.string("title");
    });
}
