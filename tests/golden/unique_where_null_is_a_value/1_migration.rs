use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("users", |table| {
        table.unique(["email", "born_on"]).nulls_not_distinct();
    });
}
