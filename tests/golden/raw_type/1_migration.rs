use arvel_migrate::prelude::*;

migration! { up }

// A type in the database's own words: nothing here interprets it.
fn up(schema: &mut Schema) {
    schema.create("things", |table| {
        table.id();
        table.raw_column("code", "varchar(7)").default("x");
    });
}
