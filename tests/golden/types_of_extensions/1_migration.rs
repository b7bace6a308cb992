use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("things", |table| {
        table.id();
        table.citext("name");
        table.hstore("tags");
        table.ltree("path");
    });
}
