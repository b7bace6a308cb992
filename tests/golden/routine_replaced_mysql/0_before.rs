use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.when_database("mysql", |schema| {
        schema.create_function(
            "twice",
            "int",
            "CREATE FUNCTION `twice`(n int) RETURNS int(11)\n    DETERMINISTIC\nRETURN n * 2",
        );
    });
}
