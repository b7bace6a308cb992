use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("texts", |table| {
        table.id();
        table.string("title");
        table.option("fillfactor", "70");
    });
}
