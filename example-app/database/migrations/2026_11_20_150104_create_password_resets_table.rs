// published from arvel-auth 0.1.0: create_password_resets_table (sha256:5ace13210cb4002b166d0986e67b344381607c34e465b715162b467b995cf53c)
use arvel_migrate::prelude::*;

migration! { up, down, origin: "arvel-auth/create_password_resets_table" }

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
