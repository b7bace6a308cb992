use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("texts", |table| {
        table.option("row_format", "DYNAMIC");
        table.comment("kept otherwise");
    });
}
