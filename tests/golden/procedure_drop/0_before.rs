use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.string("title");
        table.boolean("live").default(false);
    });
    schema
        .when_database("postgres", |schema| {
            schema.create_procedure(
                "forget_posts",
                "",
                "CREATE PROCEDURE forget_posts() LANGUAGE sql AS $$ DELETE FROM posts $$",
            );
        })
        .otherwise(|schema| {
            schema.create_procedure("forget_posts", "", "CREATE PROCEDURE forget_posts() DELETE FROM posts");
        });
}
