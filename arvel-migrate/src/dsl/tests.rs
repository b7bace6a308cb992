//! What the sentences of a migration record.

use super::{DslError, Schema, column, desc, expression, named, prefix};
use crate::operation::{Algorithm, LockLevel, canonical_text};

/// The recorded operations, each change on a line of its own.
fn recorded(body: fn(&mut Schema)) -> Vec<String> {
    let recorded = Schema::record(body);
    assert_eq!(recorded.errors, []);
    let text = canonical_text(&recorded.operations);
    text.trim_end().replace(" (", "\n(").lines().map(str::to_owned).collect()
}

#[test]
fn indexes_say_the_rest_behind() {
    assert_eq!(
        recorded(|schema| schema.table("posts", |table| {
            table.index("title");
            table.unique(["team_id", "number"]).named("one_number").deferrable();
            table.index([column("author_id"), desc("created_at").nulls_last()]).where_("published").online();
            table.unique(expression("lower(email)"));
            table.index(prefix("body", 20)).algorithm(Algorithm::InPlace).lock(LockLevel::None);
            table.index("tags").method("gin").include(["title"]).parameter("m", "1").parameter("m", "2");
            table.full_text(["title", "body"]).language("english").comment("words");
        })),
        [
            r#"alter_table "posts""#,
            r#"(index "posts_title_index" ["title"])"#,
            r#"(unique {"name":"one_number","columns":[{"key":{"column":"team_id"}},{"key":{"column":"number"}}],"kind":"unique","deferrable":"immediate"})"#,
            r#"(index {"name":"posts_author_id_created_at_index","columns":[{"key":{"column":"author_id"}},{"key":{"column":"created_at"},"descending":true,"nulls":"last"}],"kind":"index","predicate":"published","mode":{"online":true}})"#,
            r#"(unique {"name":"posts_lower_email_unique","columns":[{"key":{"expression":"lower(email)"}}],"kind":"unique"})"#,
            r#"(index {"name":"posts_body_index","columns":[{"key":{"column":"body"},"length":20}],"kind":"index","mode":{"algorithm":"in_place","lock":"none"}})"#,
            r#"(index {"name":"posts_tags_index","columns":[{"key":{"column":"tags"}}],"kind":"index","method":"gin","include":["title"],"parameters":[["m","2"]]})"#,
            r#"(fulltext {"name":"posts_title_body_fulltext","columns":[{"key":{"column":"title"}},{"key":{"column":"body"}}],"kind":"full_text","language":"english","comment":"words"})"#,
        ]
    );
}

#[test]
fn a_drop_finds_what_a_create_made() {
    let names = |body: fn(&mut Schema)| -> Vec<String> {
        let lines = recorded(body);
        lines
            .iter()
            .skip(1)
            .filter_map(|line| line.split('"').find(|word| word.starts_with("posts_")))
            .map(str::to_owned)
            .collect()
    };
    let made = names(|schema| {
        schema.table("posts", |table| {
            table.index(["a", "b"]);
            table.unique(expression("lower(a)"));
            table.full_text("a");
            table.spatial_index("a");
            table.vector_index("a");
            table.foreign("a").references("id").on("users");
            table.primary(["a", "b"]);
            table.exclude(&[("a", "="), ("b", "&&")]);
        });
    });
    let gone = names(|schema| {
        schema.table("posts", |table| {
            table.drop_index(["a", "b"]).online();
            table.drop_unique(expression("lower(a)"));
            table.drop_full_text("a");
            table.drop_spatial_index("a");
            table.drop_vector_index("a");
            table.drop_foreign("a");
            table.drop_primary(["a", "b"]);
            table.drop_exclusion(["a", "b"]);
        });
    });
    assert_eq!(made, gone);
    assert_eq!(made.len(), 8);
    assert_eq!(
        recorded(|schema| schema.table("posts", |table| {
            table.drop_index(named("one")).online();
            table.drop_foreign(named("two"));
        })),
        [r#"alter_table "posts""#, r#"(drop_index "one" mode={"online":true})"#, r#"(drop_foreign "two")"#,]
    );
}

#[test]
fn a_place_in_a_new_table_is_the_place_in_the_list() {
    assert_eq!(
        recorded(|schema| schema.create("t", |table| {
            table.id();
            table.text("d");
            table.after("id", |table| {
                table.text("b");
                table.text("c");
            });
            table.text("a").first();
        }))
        .iter()
        .filter_map(|line| line.strip_prefix("(column "))
        .map(|line| line.split(' ').next().unwrap().trim_matches('"').to_owned())
        .collect::<Vec<_>>(),
        ["a", "id", "b", "c", "d"]
    );
    assert_eq!(
        recorded(|schema| schema.table("t", |table| table.after("id", |table| {
            table.text("b");
            table.text("c");
        }))),
        [
            r#"alter_table "t""#,
            r#"(add_column "b" text position={"after":"id"})"#,
            r#"(add_column "c" text position={"after":"b"})"#,
        ]
    );
}

#[test]
fn groups_are_columns_and_their_indexes() {
    let columns = |body: fn(&mut Schema)| recorded(body).split_off(1);
    assert_eq!(
        columns(|schema| schema.create("t", |table| {
            table.nullable_ulid_morphs("owner").named("owners");
            table.timestamps_of(3);
            table.soft_deletes_datetime();
        })),
        [
            r#"(column "owner_type" string(255) nullable)"#,
            r#"(column "owner_id""#,
            r#"(type "ulid") nullable)"#,
            r#"(column "created_at" timestamp(3) default=current_timestamp)"#,
            r#"(column "updated_at" timestamp(3) default=current_timestamp)"#,
            r#"(column "deleted_at" date_time(0) nullable)"#,
            r#"(index "owners" ["owner_type","owner_id"])"#,
        ]
    );
    assert_eq!(
        columns(|schema| {
            schema.table("t", |table| {
                table.drop_morphs("owner");
                table.drop_timestamps();
                table.drop_soft_deletes();
                table.drop_remember_token();
                table.drop_constrained_foreign_id("user_id");
            });
        }),
        [
            r#"(drop_index "t_owner_type_owner_id_index")"#,
            r#"(drop_foreign "t_user_id_foreign")"#,
            r#"(drop_column "owner_type")"#,
            r#"(drop_column "owner_id")"#,
            r#"(drop_column "created_at")"#,
            r#"(drop_column "updated_at")"#,
            r#"(drop_column "deleted_at")"#,
            r#"(drop_column "remember_token")"#,
            r#"(drop_column "user_id")"#,
        ]
    );
}

#[test]
fn modifiers_of_a_column_come_first_and_those_of_its_key_or_counting_behind() {
    assert_eq!(
        recorded(|schema| schema.create("t", |table| {
            table.big_integer("number").comment("counts").identity().always().start(1_000).increment(10);
            table.foreign_id("team_id").nullable().constrained("teams").null_on_delete().initially_deferred();
            table.integer("price").unique().index().check("price > 0");
            table.enumeration("mood", &["happy", "sad"]).of_type("app.mood").array();
        }))
        .split_off(1),
        [
            r#"(column "number" big_integer comment="counts" identity={"always":true,"start":1000,"increment":10})"#,
            r#"(column "team_id" big_integer nullable unsigned)"#,
            r#"(column "price" integer)"#,
            r#"(column "mood""#,
            r#"(type {"array":{"enumeration":{"values":["happy","sad"],"type_name":{"schema":"app","name":"mood"}}}}))"#,
            r#"(unique "t_price_unique" ["price"])"#,
            r#"(index "t_price_index" ["price"])"#,
            r#"(foreign "t_team_id_foreign" ["team_id"] on="teams" ["id"] on_delete="SET NULL" deferrable="deferred")"#,
            r#"(check "t_price_check" "price > 0")"#,
        ]
    );
}

#[test]
fn options_of_a_table_are_one_change() {
    assert_eq!(
        recorded(|schema| schema.table("t", |table| {
            table.engine("MyISAM");
            table.comment("");
            table.engine("InnoDB");
            table.option("row_format", "compressed");
        })),
        [
            r#"alter_table "t""#,
            r#"(options {"engine":"InnoDB","parameters":[["row_format","compressed"]]})"#,
            r#"(comment)"#,
        ]
    );
    // What a column takes away with it goes before.
    assert_eq!(
        recorded(|schema| schema.table("t", |table| {
            table.drop_columns(["a", "b"]);
            table.drop_foreign("a");
            table.drop_check("c");
            table.integer("n");
            table.drop_index("d");
        })),
        [
            r#"alter_table "t""#,
            r#"(drop_foreign "t_a_foreign")"#,
            r#"(drop_check "c")"#,
            r#"(drop_column "a")"#,
            r#"(drop_column "b")"#,
            r#"(add_column "n" integer)"#,
            r#"(drop_index "t_d_index")"#,
        ]
    );
    assert_eq!(
        recorded(|schema| schema.drop_columns("t", ["a", "b"])),
        [r#"alter_table "t""#, r#"(drop_column "a")"#, r#"(drop_column "b")"#]
    );
}

#[test]
fn a_sql_file_is_one_text_whose_line_ends_and_name_are_not_in_the_checksum() {
    let sql = |file, text| crate::operation::EmbeddedSql { beside: "database/migrations/1_a.rs", file, text };
    let recorded = |sql| {
        let mut schema = Schema::default();
        schema.sql_file(sql);
        schema.recorded
    };
    let canonical = |sql| canonical_text(&recorded(sql).operations);
    let unix = canonical(sql("a.sql", "SELECT 1;\nSELECT 2;\n"));
    assert_eq!(unix, canonical(sql("sql/b.sql", "\u{feff}SELECT 1;\r\nSELECT 2;\r\n")));
    assert_ne!(unix, canonical(sql("a.sql", "SELECT 1;\nSELECT 3;\n")));
    assert_eq!(sql("sql/b.sql", "").path(), "database/migrations/sql/b.sql");
    for (text, line) in [
        ("-- a\n-- migrate:up\nSELECT 1;\n-- migrate:down\nSELECT 2;", 2),
        ("-- depends_on: x\nSELECT 1;", 1),
        ("-- no-transaction\nSELECT 1;", 1),
        ("SELECT 1;\n-- migrate:dwon\n", 2),
    ] {
        let expected = DslError::HeaderInSqlFile { file: "database/migrations/a.sql".into(), line };
        assert_eq!(recorded(sql("a.sql", text)).errors, [expected], "{text}");
    }
    for text in ["-- Label: a comment\nSELECT 1;", "SELECT 1;\n-- depends_on: behind the first SQL\n"] {
        assert_eq!(recorded(sql("a.sql", text)).errors, [], "{text}");
    }
}
