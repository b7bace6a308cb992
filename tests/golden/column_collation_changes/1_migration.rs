use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.when_database("sqlite", |schema| change(schema, "NOCASE"));
    schema.when_database("postgres", |schema| change(schema, "C"));
    schema.when_database("mysql", |schema| change(schema, "utf8mb4_bin"));
}

fn change(schema: &mut Schema, collation: &str) {
    schema.table("texts", |table| {
        table.string("title").collation(collation).change();
    });
}
