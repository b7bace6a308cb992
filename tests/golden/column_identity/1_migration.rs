use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("orders", |table| {
        table.integer("number").identity().start(1_000).increment(10).cache(5);
        table.string("title");
    });
}
