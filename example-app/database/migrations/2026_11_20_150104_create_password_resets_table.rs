// published from arvel-auth 0.1.0: create_password_resets_table (sha256:1b3c3d5009cd46afef36020ade17229523452be84812fbb9e49235560a35094f)
use arvel_migrate::prelude::*;

migration! { up, down, origin: "arvel-auth/create_password_resets_table" }

fn up(schema: &mut Schema) {
    schema.create("password_resets", |table| {
        table.id();
        table.string("email").index();
        // SHA-256 of the token, in hexadecimal.
        table.char("token_hash", 64).unique();
        table.timestamp("created_at").use_current();
        table.timestamp("expires_at");
    });
}

fn down(schema: &mut Schema) {
    schema.drop("password_resets");
}
