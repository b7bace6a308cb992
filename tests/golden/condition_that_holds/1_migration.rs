use arvel_migrate::prelude::*;

migration! { up }

// Which side runs is decided when its turn comes; the way back is that side's.
fn up(schema: &mut Schema) {
    schema
        .when_has_column("posts", "title", |schema| {
            schema.table("posts", |table| {
                table.index("title");
            });
        })
        .otherwise(|schema| {
            schema.table("posts", |table| {
                table.string("title").nullable().index();
            });
        });
}
