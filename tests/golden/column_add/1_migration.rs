use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.string("slug").nullable().index();
        table.integer("stars").default(5);
        table.timestamp("seen_at").nullable();
    });
}
