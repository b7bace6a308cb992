use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.unique(["author", "title"]);
        table.unique("slug").named("one_slug");
    });
}
