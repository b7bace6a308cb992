use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("numbers", |table| {
        table.id();
        table.tiny_integer("tiny");
        table.small_integer("small");
        table.medium_integer("medium");
        table.integer("whole");
        table.big_integer("big");
        table.decimal("price", 10, 2);
        table.float("ratio");
        table.double("precise");
        table.boolean("active");
    });
}
