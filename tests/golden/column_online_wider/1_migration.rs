use arvel_migrate::prelude::*;

migration! { up }

// What only widens leaves every row as it is.
fn up(schema: &mut Schema) {
    schema.table("users", |table| {
        table.string_of("email", 300).online().change();
    });
}
