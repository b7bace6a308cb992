use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.when_database("postgres", |schema| {
        schema.create_function(
            "twice",
            "integer, text",
            "CREATE OR REPLACE FUNCTION twice(n integer, of text) RETURNS integer LANGUAGE sql IMMUTABLE AS $$ SELECT n + n $$",
        );
    });
}
