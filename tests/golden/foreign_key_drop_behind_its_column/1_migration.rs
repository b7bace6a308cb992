use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.drop_columns(["author_id", "slug"]);
        table.drop_foreign("author_id");
        table.drop_index("slug");
    });
}
