use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("drawings", |table| {
        table.id();
        table.point("center");
        table.polygon("area");
    });
}
