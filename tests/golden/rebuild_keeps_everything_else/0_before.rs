use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("products", |table| {
        table.id();
        table.string("title").collation("NOCASE").unique();
        table.integer("price");
        table.integer("gross").nullable().stored_as("price + 19");
        table.enumeration("status", &["draft", "live"]).default("draft");
        table.check("products_price_check", "price > 0");
        table.index("status").where_("price > 0");
    });
}
