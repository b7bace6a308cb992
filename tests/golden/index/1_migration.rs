use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.index(["author", "created_on"]);
        table.index("created_on").named("by_day");
    });
}
