use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("things", |table| {
        table.ulid("id").primary();
        table.uuid("other");
    });
}
