use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("users", |table| {
        table.string("title").nullable().first();
        table.string("nickname").default("-").after("name");
    });
}
