use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("users", |table| {
        table.index(column("born_on").nulls_first()).named("by_birth");
        table.index([desc("deleted_at").nulls_last(), column("name")]).named("by_end");
    });
}
