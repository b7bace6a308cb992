use arvel_migrate::prelude::*;

migration! { up }

// An address is taken until its user is deleted.
fn up(schema: &mut Schema) {
    schema.table("users", |table| {
        table.unique("email").where_("deleted_at IS NULL");
    });
}
