use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("numbers", |table| {
        table.increments("id");
        table.tiny_integer("tiny").unsigned();
        table.small_integer("small").unsigned();
        table.unsigned_integer("whole");
        table.unsigned_big_integer("big");
        table.decimal("price", 10, 2).unsigned();
    });
}
