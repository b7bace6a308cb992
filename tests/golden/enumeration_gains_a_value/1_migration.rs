use arvel_migrate::prelude::*;

migration! { up, down }

fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.enumeration("status", &["draft", "live", "gone"]).change();
    });
}

fn down(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.enumeration("status", &["draft", "live"]).change();
    });
}
