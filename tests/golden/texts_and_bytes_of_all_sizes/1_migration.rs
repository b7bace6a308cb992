use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("texts", |table| {
        table.id();
        table.tiny_text("tiny");
        table.binary_of("token", 20);
        table.fixed_binary("digest", 16);
        table.medium_binary("picture");
        table.long_binary("film");
    });
}
