use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema
        .when_database("sqlite", |schema| {
            schema.table("posts", |table| {
                table.integer("hits").nullable();
            });
        })
        .otherwise(|schema| {
            schema.table("posts", |table| {
                table.big_integer("hits").unsigned().nullable();
            });
        });
}
