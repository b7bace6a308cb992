use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.string("title");
        table.boolean("live").default(false);
    });
}
