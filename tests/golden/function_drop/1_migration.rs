use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema
        .when_database("postgres", |schema| schema.drop_function("twice", "integer, text"))
        .otherwise(|schema| schema.drop_function("twice", "integer"));
    schema.drop_function_if_exists("never_there", "");
}
