use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create_view("live_posts", "SELECT id, title FROM posts WHERE live");
    schema.when_database("sqlite", |schema| {
        schema.create_trigger(
            "live_posts_new",
            "live_posts",
            "CREATE TRIGGER live_posts_new INSTEAD OF INSERT ON live_posts BEGIN INSERT INTO posts (title, live) VALUES (NEW.title, 1); END",
        );
    });
    schema.when_database("postgres", |schema| {
        schema.create_function(
            "new_live_post",
            "",
            "CREATE FUNCTION new_live_post() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN INSERT INTO posts (title, live) VALUES (NEW.title, true); RETURN NEW; END; $$",
        );
        schema.create_trigger(
            "live_posts_new",
            "live_posts",
            "CREATE TRIGGER live_posts_new INSTEAD OF INSERT ON live_posts FOR EACH ROW EXECUTE FUNCTION new_live_post()",
        );
    });
}
