use arvel_migrate::prelude::*;

migration! { up }

// For LIKE, whatever the collation.
fn up(schema: &mut Schema) {
    schema.table("users", |table| {
        table.index(column("email").operator_class("varchar_pattern_ops")).named("users_email_like");
    });
}
