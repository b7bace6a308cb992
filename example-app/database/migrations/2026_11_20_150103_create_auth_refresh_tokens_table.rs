// published from arvel-auth 0.1.0: create_auth_refresh_tokens_table (sha256:08fb4bd09128a34a3dba3acb656b72a1bb7ad4afee5ca1487fb3760cc95f6fc0)
use arvel_migrate::prelude::*;

migration! { up, down, origin: "arvel-auth/create_auth_refresh_tokens_table", depends_on: ["arvel-auth/create_users_table"] }

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
