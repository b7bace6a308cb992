use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.string("title");
        table.integer("changes").default(0);
    });
    schema.when_database("postgres", |schema| {
        schema.create_function(
            "count_changes",
            "",
            "CREATE FUNCTION count_changes() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN NEW.changes := OLD.changes + 1; RETURN NEW; END; $$",
        );
        schema.create_trigger(
            "posts_changes",
            "posts",
            "CREATE TRIGGER posts_changes BEFORE UPDATE ON posts FOR EACH ROW EXECUTE FUNCTION count_changes()",
        );
    });
    schema.when_database("mysql", |schema| {
        schema.create_trigger(
            "posts_changes",
            "posts",
            "CREATE TRIGGER posts_changes BEFORE UPDATE ON posts FOR EACH ROW SET NEW.changes = OLD.changes + 1",
        );
    });
    schema.when_database("sqlite", |schema| {
        schema.create_trigger(
            "posts_changes",
            "posts",
            "CREATE TRIGGER posts_changes AFTER UPDATE ON posts BEGIN UPDATE posts SET changes = OLD.changes + 1 WHERE id = NEW.id; END",
        );
    });
}
