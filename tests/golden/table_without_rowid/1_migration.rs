use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("cache", |table| {
        table.string_of("key", 40).primary();
        table.text("value");
        table.without_rowid();
    });
}
