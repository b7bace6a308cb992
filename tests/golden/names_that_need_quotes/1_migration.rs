use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("order", |table| {
        table.id();
        table.string_of("select", 40).default("a'b");
        table.string_of("with space", 40).index();
        table.string_of("quote\"`'d", 40).nullable();
        table.string_of("Größe", 40).unique();
    });
}
