use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("documents", |table| {
        table.vector_index("embedding");
    });
}
