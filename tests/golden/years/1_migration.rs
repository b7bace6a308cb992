use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("firms", |table| {
        table.id();
        table.year("founded").default(1999);
    });
}
