use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.string("title");
        table.text("body").nullable();
        table.foreign_id("author_id").index().constrained("users").cascade_on_delete();
        table.enumeration("state", &["draft", "published"]).default("draft");
        table.decimal("price", 10, 2).default(0).check("price >= 0");
        table.timestamps();
        table.soft_deletes();
        table.unique(["author_id", "title"]);
    });
    schema.create_if_not_exists("settings", |table| {
        table.string("name").primary();
        table.jsonb("value");
    });
    schema.rename("posts", "articles");
    schema.drop_columns("articles", ["price", "state"]);
    schema.drop_if_exists("drafts");
}
