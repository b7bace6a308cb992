use arvel_migrate::prelude::*;

migration! { up, down }

// A table that others point to with ON DELETE CASCADE.
fn up(schema: &mut Schema) {
    schema.table("parents", |table| {
        table.text("size").default("none").change();
        table.drop_unique("name");
        table.string("note").default("-");
    });
}

fn down(schema: &mut Schema) {
    schema.table("parents", |table| {
        table.drop_column("note");
        table.unique("name");
        table.integer("size").no_default().change();
    });
}
