use arvel_migrate::prelude::*;

migration! { up }

// Of new rows only, until it is validated.
fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.foreign("user_id").references("id").on("users").not_valid();
    });
}
