use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("parents", |table| {
        table.id();
        table.string("name").unique();
        table.integer("size").nullable();
    });
    schema.create("children", |table| {
        table.id();
        table.foreign_id("parent_id").index().constrained("parents").cascade_on_delete();
    });
}
