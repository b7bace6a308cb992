use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.when_database("mysql", |schema| {
        schema.create_trigger(
            "count_edits",
            "posts",
            "CREATE TRIGGER count_edits BEFORE UPDATE ON posts FOR EACH ROW SET NEW.edits = OLD.edits + 1",
        );
        schema.create_trigger(
            "trimmed",
            "posts",
            "CREATE TRIGGER trimmed BEFORE UPDATE ON posts FOR EACH ROW PRECEDES count_edits BEGIN\n    SET NEW.title = trim(NEW.title);\nEND",
        );
        schema.create_trigger(
            "first_edit",
            "posts",
            "CREATE TRIGGER first_edit before insert ON posts FOR EACH ROW SET NEW.edits = 1;",
        );
    });
}
