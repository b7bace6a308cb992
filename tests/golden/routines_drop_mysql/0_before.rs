use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.string("title");
        table.integer("edits").default(0);
    });
    schema.when_database("mysql", |schema| {
        schema.create_function(
            "twice",
            "int",
            "CREATE FUNCTION `twice`(n int) RETURNS int(11)\n    DETERMINISTIC\nRETURN n * 2",
        );
        schema.create_procedure(
            "clear_posts",
            "int",
            "CREATE PROCEDURE `clear_posts`(IN least int)\n    MODIFIES SQL DATA\n    COMMENT 'the short ones'\nBEGIN\n    \
             DELETE FROM posts WHERE edits < least;\n    SELECT count(*) FROM posts; -- it''s all\nEND",
        );
    });
}
