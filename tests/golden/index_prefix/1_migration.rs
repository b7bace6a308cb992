use arvel_migrate::prelude::*;

migration! { up }

// The first letters of a long text.
fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.index([prefix("body", 20)]);
    });
}
