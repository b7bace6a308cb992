use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("products", |table| {
        table.validate_constraint("products_price_check");
    });
}
