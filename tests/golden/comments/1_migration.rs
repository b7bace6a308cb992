use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.string("title").comment("what it's \\ called");
        table.comment("everything that was \"published\"");
    });
}
