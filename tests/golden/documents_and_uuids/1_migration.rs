use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("documents", |table| {
        table.uuid("id").primary();
        table.json("settings");
        table.jsonb("facts");
    });
}
