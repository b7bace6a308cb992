use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("users", |table| {
        table.integer("age").using("CAST(age AS integer)").change();
    });
}
