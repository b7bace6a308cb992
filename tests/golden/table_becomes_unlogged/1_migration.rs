use arvel_migrate::prelude::*;

migration! { up }

// No longer written to the log.
fn up(schema: &mut Schema) {
    schema.table("cache", |table| {
        table.unlogged();
    });
}
