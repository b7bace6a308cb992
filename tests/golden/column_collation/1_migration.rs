use arvel_migrate::prelude::*;

migration! { up }

// Collations have a name of their own in every database.
fn up(schema: &mut Schema) {
    schema.when_database("sqlite", |schema| create(schema, "NOCASE"));
    schema.when_database("postgres", |schema| create(schema, "C"));
    schema.when_database("mysql", |schema| create(schema, "utf8mb4_bin"));
}

fn create(schema: &mut Schema, collation: &str) {
    schema.create("texts", |table| {
        table.id();
        table.string("title").collation(collation).index();
        table.text("body").nullable().collation(collation);
    });
}
