use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.when_database("sqlite", |schema| index(schema, "NOCASE"));
    schema.when_database("postgres", |schema| index(schema, "C"));
    schema.when_database("mysql", |schema| index(schema, "utf8mb4_bin"));
}

fn index(schema: &mut Schema, collation: &str) {
    schema.table("users", |table| {
        table.index(column("email").collation(collation));
    });
}
