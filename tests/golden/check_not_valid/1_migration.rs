use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.table("products", |table| {
        table.check("products_price_check", "price > 0").not_valid();
    });
}
