use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema
        .when_database("mysql", |schema| {
            schema
                .create_view("live_posts", "SELECT id, title FROM posts WHERE live")
                .option("algorithm", "merge")
                .option("security", "invoker");
        })
        .otherwise(|schema| {
            schema
                .create_view("live_posts", "SELECT id, title FROM posts WHERE live")
                .option("security_barrier", "true")
                .option("security", "invoker");
        });
}
