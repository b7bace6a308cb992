use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("texts", |table| {
        table.option("fillfactor", "80");
    });
}
