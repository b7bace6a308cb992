use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("comments", |table| {
        table.id();
        table.morphs("owner");
        table.nullable_uuid_morphs("about");
    });
}
