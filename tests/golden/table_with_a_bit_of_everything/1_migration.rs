use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.string("title").unique();
        table.text("body").nullable();
        table.integer("hits").default(0);
        table.timestamps();
        table.soft_deletes();
        table.index(["hits", "created_at"]);
    });
}
