use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("users", |table| {
        table.string("name").not_null().default("nobody").change();
    });
}
