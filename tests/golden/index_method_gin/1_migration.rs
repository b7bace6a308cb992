use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.index("facts").method("gin");
        table.index(column("facts").operator_class("jsonb_path_ops")).method("gin").named("by_path");
    });
}
