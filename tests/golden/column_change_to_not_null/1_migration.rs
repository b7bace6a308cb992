use arvel_migrate::prelude::*;

migration! { up, down }

fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.text("body").not_null().change();
    });
}

fn down(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.text("body").nullable().change();
    });
}
