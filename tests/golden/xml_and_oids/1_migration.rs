use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("imports", |table| {
        table.id();
        table.xml("document");
        table.oid("object");
    });
}
