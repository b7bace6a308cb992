use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("users", |table| {
        table.id();
        table.string_of("country", 2);
        table.string_of("code", 20);
        table.unique(["country", "code"]);
    });
    schema.create("posts", |table| {
        table.id();
        table.foreign_id("user_id").nullable().index();
        table.string_of("country", 2).nullable();
        table.string_of("code", 20).nullable();
    });
    schema.table("posts", |table| {
        table.foreign("user_id").references("id").on("users").not_valid();
    });
}
