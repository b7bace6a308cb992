use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("prices", |table| {
        table.id();
        table.string("currency").index();
        table.decimal("amount", 10, 2);
        table.boolean("live").default(true);
    });
}
