use arvel_migrate::prelude::*;

migration! { up, down }

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
