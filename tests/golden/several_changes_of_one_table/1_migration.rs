use arvel_migrate::prelude::*;

migration! { up, down }

// As few statements as the database allows.
fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.string("slug").nullable();
        table.boolean("seen").default(false);
        table.drop_index("title");
        table.index(["title", "hits"]);
        table.rename_column("hits", "views");
    });
}

fn down(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.rename_column("views", "hits");
        table.drop_index(["title", "hits"]);
        table.index("title");
        table.drop_columns(["slug", "seen"]);
    });
}
