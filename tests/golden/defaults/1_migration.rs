use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("things", |table| {
        table.id();
        table.integer("count").default(-1);
        table.big_integer("big").default(9_000_000_000_i64);
        table.decimal("price", 8, 2).default(1.5);
        table.boolean("active").default(true);
        table.string("title").default("it's a \\ \"title\"");
        table.string("empty").default("");
        table.text("body").default("x");
        table.date("day").use_current();
        table.timestamp_of("at", 3).use_current();
    });
}
