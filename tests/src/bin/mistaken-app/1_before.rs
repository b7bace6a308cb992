use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("users", |table| {
        table.id();
        table.string("email");
        table.string("name");
    });
    schema.create("posts", |table| {
        table.id();
        table.foreign_id("user_id").constrained("users");
        table.string("title").nullable();
        table.string("short").stored_as("upper(title)").nullable();
        table.enumeration("status", &["draft", "live", "gone"]).default("draft");
    });
    schema.sql("INSERT INTO users (email, name) VALUES ('a@b.c', 'Ann'), ('a@b.c', 'Bea')");
    schema.sql("INSERT INTO posts (user_id, title, status) VALUES (1, 'One', 'gone'), (2, NULL, 'gone'), (2, '3', 'live')");
}
