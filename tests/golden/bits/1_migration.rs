use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("masks", |table| {
        table.id();
        table.bit("four", 4);
    });
}
