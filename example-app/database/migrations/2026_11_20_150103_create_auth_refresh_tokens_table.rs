// published from arvel-auth 0.1.0: create_auth_refresh_tokens_table (sha256:69ba255bed5890d80796521988e905781e9faf38cee148006a99d2fde9704beb)
use arvel_migrate::prelude::*;

migration! { up, down, origin: "arvel-auth/create_auth_refresh_tokens_table" }

fn up(schema: &mut Schema) {
    schema.create("auth_refresh_tokens", |table| {
        table.id();
        table.foreign_id("user_id").index().constrained("users").cascade_on_delete();
        // SHA-256 of the token, in hexadecimal.
        table.char("token_hash", 64).unique();
        table.uuid("family").index();
        table.timestamp("expires_at").index();
        table.timestamp("revoked_at").nullable();
        table.timestamps();
    });
}

fn down(schema: &mut Schema) {
    schema.drop("auth_refresh_tokens");
}
