use arvel_migrate::prelude::*;

migration! { up }

fn up(schema: &mut Schema) {
    let mistake = std::env::var("MISTAKE").unwrap_or_default();
    match mistake.as_str() {
        "a modifier that not every database has" => schema.create("tags", |table| {
            table.id();
            table.string("name").invisible();
        }),
        "a type that not every database has" => schema.create("tags", |table| {
            table.id();
            table.set("colours", &["red", "blue"]);
        }),
        "a foreign key to what is not unique" => schema.create("tags", |table| {
            table.string("owner").references_column("users", "email");
        }),
        "a foreign key to no table" => schema.create("tags", |table| {
            table.foreign_id("owner_id").constrained("owners");
        }),
        "a name that is too long" => schema.table("users", |table| {
            table.index("name").named(&"users_by_name_".repeat(6));
        }),
        "two columns of one name" => schema.create("tags", |table| {
            table.string("name");
            table.text("name");
        }),
        "a column that is there already" => schema.table("users", |table| {
            table.text("name").nullable();
        }),
        "a table that is there already" => schema.create("users", |table| {
            table.id();
        }),
        "a default of another type" => schema.table("users", |table| {
            table.integer("age").default("old");
        }),
        "a NUL in a name" => schema.table("users", |table| {
            table.integer("a\0ge").nullable();
        }),
        "renaming a column that is not there" => schema.table("users", |table| {
            table.rename_column("nmae", "title");
        }),
        "renaming a table that is not there" => schema.rename("people", "persons"),
        "dropping a column that is not there" => schema.table("users", |table| {
            table.drop_column("nmae");
        }),
        "changing what is computed" => schema.table("posts", |table| {
            table.string("short").nullable().default("x").change();
        }),
        "a value less that rows hold" => schema.table("posts", |table| {
            table.enumeration("status", &["draft", "live"]).change();
        }),
        "online where it can not be" => schema.table("posts", |table| {
            table.big_integer("title").nullable().online().change();
        }),
        "no NULL where rows have it" => schema.table("posts", |table| {
            table.string("title").not_null().change();
        }),
        "a column that rows have no value for" => schema.table("users", |table| {
            table.integer("age");
        }),
        "unique where rows agree" => schema.table("users", |table| {
            table.unique("email");
        }),
        "dropping what others reference" => schema.drop("users"),
        "none: a parent is changed, and children hold on to it" => {
            schema.create("notes", |table| {
                table.id();
                table.foreign_id("user_id").constrained("users").cascade_on_delete();
            });
            schema.sql("INSERT INTO notes (user_id) VALUES (1), (2), (2)");
            schema.table("users", |table| {
                table.text("name").nullable().change();
            });
        }
        "none: a column without an index is dropped" => schema.table("users", |table| {
            table.drop_column("name");
        }),
        "dropping a column of a foreign key" => schema.table("posts", |table| {
            table.drop_column("user_id");
        }),
        other => schema.sql(&format!("there is no mistake `{other}`")),
    }
}
