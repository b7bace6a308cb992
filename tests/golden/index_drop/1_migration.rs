use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.drop_index(["author", "title"]);
        table.drop_unique("title");
    });
}
