use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("pages", |table| {
        table.id();
        table.ts_vector("words");
        table.ts_query("question");
    });
}
