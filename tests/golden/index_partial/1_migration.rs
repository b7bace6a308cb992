use arvel_migrate::prelude::*;

migration! { up }

// Over some of the rows.
fn up(schema: &mut Schema) {
    schema.table("users", |table| {
        table.index("email").where_("deleted_at IS NULL");
    });
}
