use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("users", |table| {
        table.after("email", |table| {
            table.string("phone").nullable();
            table.string("fax").nullable();
        });
    });
}
