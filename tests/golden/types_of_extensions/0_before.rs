use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.sql_for("postgres", "CREATE EXTENSION citext; CREATE EXTENSION hstore; CREATE EXTENSION ltree");
    schema.sql_for("sqlite", "SELECT 1");
    schema.sql_for("mysql", "SELECT 1");
}
