use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("users", |table| {
        table.id();
        table.string_of("code", 20).unique();
    });
    schema.create("posts", |table| {
        table.id();
        table.string_of("author", 20).index();
        table.foreign("author").references("code").on("users").cascade_on_update();
    });
}
