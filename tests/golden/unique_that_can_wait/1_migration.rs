use arvel_migrate::prelude::*;

migration! { up }

// Checked at the end of the transaction, so that two rows can change places.
fn up(schema: &mut Schema) {
    schema.table("users", |table| {
        table.unique("email").initially_deferred();
        table.unique(["name", "email"]).deferrable();
    });
}
