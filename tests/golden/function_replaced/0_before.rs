use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema
        .when_database("postgres", |schema| {
            schema.create_function(
                "twice",
                "integer, text",
                "CREATE FUNCTION twice(n integer, of text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT n * 2 $$",
            );
        })
        .otherwise(|schema| {
            schema.create_function(
                "twice",
                "integer",
                "CREATE FUNCTION twice(n integer) RETURNS integer DETERMINISTIC RETURN n * 2",
            );
        });
}
