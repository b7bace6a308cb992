use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("users", |table| {
        table.id();
        table.string("email");
        table.string("name").nullable();
        table.date("born_on").nullable();
        table.timestamp("deleted_at").nullable();
    });
}
