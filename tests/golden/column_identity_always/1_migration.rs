use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("orders", |table| {
        table.big_integer("number").identity().always().minimum(1).maximum(9_000).cycle();
        table.string("title");
    });
}
