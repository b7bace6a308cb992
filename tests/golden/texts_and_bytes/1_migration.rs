use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("texts", |table| {
        table.id();
        table.char("code", 3);
        table.string("title");
        table.string_of("slug", 40);
        table.text("body");
        table.medium_text("more");
        table.long_text("most");
        table.binary("bytes");
    });
}
