use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("users", |table| {
        table.unique("email").include(["name", "born_on"]);
    });
}
