use arvel_migrate::prelude::*;

migration! { up, down }

// Default, null and indexes are not mentioned, and stay.
fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.string_of("title", 500).change();
        table.big_integer("hits").change();
    });
}

fn down(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.string("title").change();
        table.integer("hits").change();
    });
}
