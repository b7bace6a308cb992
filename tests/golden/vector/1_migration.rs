use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("documents", |table| {
        table.id();
        table.vector_of("embedding", 3);
    });
}
