use arvel_migrate::prelude::*;

migration! { up, down }

fn up(schema: &mut Schema) {
    schema.table("products", |table| {
        table.drop_check("products_price_check");
    });
}

fn down(schema: &mut Schema) {
    schema.table("products", |table| {
        table.check("products_price_check", "price > 0");
    });
}
