use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("users", |table| {
        table.unique("email").where_("deleted_at IS NULL").online();
    });
}
