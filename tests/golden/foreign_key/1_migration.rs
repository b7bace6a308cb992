use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.foreign_id("author_id").nullable().constrained("authors").cascade_on_delete();
    });
}
