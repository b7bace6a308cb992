// published from arvel-auth 0.1.0: create_users_table (sha256:1f634eff066143de4abde261123d0ae78f92826f5102903bf237e50e66b20e4f)
use arvel_migrate::prelude::*;

migration! { up, down, origin: "arvel-auth/create_users_table" }

fn up(schema: &mut Schema) {
    schema.create("users", |table| {
        table.id();
        table.string("name");
        table.string("email").unique();
        table.timestamp("email_verified_at").nullable();
        table.string("password");
        table.remember_token();
        table.timestamps();
    });
}

fn down(schema: &mut Schema) {
    schema.drop("users");
}
