use arvel_migrate::prelude::*;

migration! { up, down }

fn up(schema: &mut Schema) {
    schema.table("places", |table| {
        table.drop_primary(["country", "city"]);
        table.primary("code");
    });
}

fn down(schema: &mut Schema) {
    schema.table("places", |table| {
        table.drop_primary("code");
        table.primary(["country", "city"]);
    });
}
