use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("pages", |table| {
        table.id();
        table.foreign_id("parent_id").nullable().index().constrained("pages").cascade_on_delete();
    });
}
