use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.string("title");
        table.integer("edits").default(0);
    });
    schema.when_database("mysql", |schema| {
        schema.create_trigger(
            "z_counted",
            "posts",
            "CREATE TRIGGER z_counted BEFORE UPDATE ON posts FOR EACH ROW SET NEW.edits = OLD.edits + 1",
        );
        schema.create_trigger(
            "a_trimmed",
            "posts",
            "CREATE TRIGGER a_trimmed BEFORE UPDATE ON posts FOR EACH ROW SET NEW.title = trim(NEW.title)",
        );
    });
}
