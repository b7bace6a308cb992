use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.drop_index("slug");
        table.drop_columns(["slug", "stars"]);
    });
}
