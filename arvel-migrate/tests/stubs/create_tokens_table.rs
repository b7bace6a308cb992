use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("tokens", |table| {
        table.id();
        table.foreign_id("user_id").constrained("users");
    });
}
