use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("texts", |table| {
        table.id();
        table.string("title");
        table.engine("InnoDB");
        table.charset("utf8mb4");
        table.collation("utf8mb4_bin");
    });
}
