use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("places", |table| {
        table.id();
        table.geometry("shape");
    });
}
