use arvel_migrate::prelude::*;

migration! { up, down }

// A database that is not named is refused.
fn up(schema: &mut Schema) {
    schema.sql_for("sqlite", "CREATE VIEW titles AS SELECT title FROM posts");
    schema.sql_for(
        "postgres",
        "CREATE VIEW titles AS SELECT title FROM posts; GRANT SELECT ON titles TO PUBLIC",
    );
}

fn down(schema: &mut Schema) {
    schema.sql("DROP VIEW titles");
}
