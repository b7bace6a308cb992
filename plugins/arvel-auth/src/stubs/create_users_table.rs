use arvel_migrate::prelude::*;

migration! { up, down }

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
