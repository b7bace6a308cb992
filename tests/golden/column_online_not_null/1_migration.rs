use arvel_migrate::prelude::*;

migration! { up }

// No row is looked at while the table is locked.
fn up(schema: &mut Schema) {
    schema.table("users", |table| {
        table.string("name").not_null().online().change();
    });
}
