// published from arvel-auth 0.1.0: create_auth_refresh_tokens_table (sha256:028ddc20f2fcf25375708bd1ee45e4b248bc11d2f646d4767bce29291fcc5174)
use arvel_migrate::prelude::*;

migration! { up, down, origin: "arvel-auth/create_auth_refresh_tokens_table" }

fn up(schema: &mut Schema) {
    schema.create("auth_refresh_tokens", |table| {
        table.id();
        table.foreign_id("user_id").index().constrained("users").cascade_on_delete();
        // SHA-256 of the token, in hexadecimal.
        table.char("token_hash", 64).unique();
        table.uuid("family").index();
        // Without an end it is over at once.
        table.timestamp("expires_at").use_current().index();
        table.timestamp("revoked_at").nullable();
        table.timestamps();
    });
}

fn down(schema: &mut Schema) {
    schema.drop("auth_refresh_tokens");
}
