use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("masks", |table| {
        table.id();
        table.bit_varying("any");
        table.bit_varying_of("some", 9);
    });
}
