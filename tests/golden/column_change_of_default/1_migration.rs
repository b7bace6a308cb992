use arvel_migrate::prelude::*;

migration! { up, down }

fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.integer("hits").default(100).change();
        table.string("title").no_default().change();
    });
}

fn down(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.integer("hits").default(0).change();
        table.string("title").default("-").change();
    });
}
