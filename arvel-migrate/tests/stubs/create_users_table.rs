use arvel_migrate::prelude::*;

migration! { up, down }

fn up(schema: &mut Schema) {
    schema.create("users", |table| {
        table.id();
        table.string("email").unique();
    });
}

fn down(schema: &mut Schema) {
    schema.drop("users");
}
