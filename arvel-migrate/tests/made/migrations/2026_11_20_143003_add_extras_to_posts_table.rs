use arvel_migrate::prelude::*;

migration! { up, down }

fn up(schema: &mut Schema) {
    schema.table("posts", |table| {
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
    });
}

fn down(schema: &mut Schema) {
    schema.table("posts", |table| {
        table.drop_remember_token();
        table.drop_soft_deletes();
        table.drop_column("data");
        table.drop_column("active");
        table.drop_constrained_foreign_id("parent_id");
        table.drop_constrained_foreign_id("category_id");
        table.drop_foreign("user_id");
        table.drop_index("user_id");
        table.drop_column("user_id");
        table.drop_morphs("subject");
        table.drop_column("opens");
        table.drop_column("seen_at");
        table.drop_column("status");
        table.drop_column("rank");
        table.drop_column("hits");
        table.drop_column("price");
        table.drop_column("body");
        table.drop_index("code");
        table.drop_column("code");
        table.drop_unique("title");
        table.drop_column("title");
    });
}
