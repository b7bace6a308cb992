use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.string("title").default("-").unique();
        table.integer("hits").default(0).index();
        table.text("body").nullable();
    });
}
