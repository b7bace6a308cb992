use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("products", |table| {
        table.integer("discount").default(0).check("discount >= 0");
    });
}
