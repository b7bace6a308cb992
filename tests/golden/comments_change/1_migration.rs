use arvel_migrate::prelude::*;

migration! { up, down }

fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.string("title").comment("the headline").change();
        table.comment("what is published");
    });
}

fn down(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.string("title").comment("the title").change();
        table.comment("all posts");
    });
}
