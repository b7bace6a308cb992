use arvel_migrate::prelude::*;

migration! { up, down }

fn up(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.string_of("title", 100).unique();
        table.char("code", 2).index();
        table.text("body").nullable();
        table
            .decimal("price", 10, 2)
            .nullable()
            .default(1.5)
            .comment("a \"comment\"");
        table.big_integer("hits").unsigned().default(9999999999_i64);
        table.integer("rank").default(-1);
        table
            .enumeration("status", &["draft", "published"])
            .default("draft");
        table.timestamp_of("seen_at", 6).use_current();
        table.time("opens").default("10:00");
        table.nullable_morphs("subject");
        table
            .foreign_id("user_id")
            .index()
            .constrained("users")
            .cascade_on_delete();
        table
            .foreign_id("category_id")
            .nullable()
            .constrained("categories")
            .null_on_delete();
        table.foreign_uuid("parent_id").constrained("nodes");
        table.boolean("active").default(true);
        table.json("data");
        table.soft_deletes();
        table.remember_token();
        table.timestamps();
    });
}

fn down(schema: &mut Schema) {
    schema.drop("posts");
}
