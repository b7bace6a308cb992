use arvel_migrate::prelude::*;

migration! { up, down }

fn up(schema: &mut Schema) {
    schema.create("password_resets", |table| {
        table.id();
        table.string("email").index();
        // SHA-256 of the token, in hexadecimal.
        table.char("token_hash", 64).unique();
        table.timestamp("created_at").use_current();
        // Without an end it is over at once.
        table.timestamp("expires_at").use_current();
    });
}

fn down(schema: &mut Schema) {
    schema.drop("password_resets");
}
