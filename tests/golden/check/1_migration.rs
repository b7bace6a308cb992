use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("products", |table| {
        table.id();
        table.integer("price");
        table.integer("discount");
        table.check("products_price_check", "price > 0");
        table.check("products_discount_check", "discount < price");
    });
}
