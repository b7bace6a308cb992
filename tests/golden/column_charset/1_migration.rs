use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("texts", |table| {
        table.id();
        table.string("code").charset("latin1");
        table.string("title").charset("utf8mb4").collation("utf8mb4_bin");
    });
}
