use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.when_database("postgres", |schema| {
        schema.drop_partition("visits", "people");
    });
}
