use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.when_database("mysql", |schema| {
        schema.drop_function("twice", "integer");
        schema.drop_procedure("clear_posts", "integer");
    });
}
