use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("places", |table| {
        table.spatial_index("shape");
    });
}
