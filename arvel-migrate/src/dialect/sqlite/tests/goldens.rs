//! The SQL as text: a table of every column type and modifier, and each sort of native change.

use super::{Body, compiled, operations};
use crate::{
    dialect::{CompileError, Dialect, Probe, sqlite::Sqlite},
    dsl::named,
    operation::TableName,
    schema::DatabaseSchema,
};

#[test]
fn every_type_and_modifier() {
    let sql = compiled(|schema| {
        schema.create("kinds", |t| {
            t.id();
            t.tiny_integer("tiny").unsigned();
            t.small_integer("small").default(-1);
            t.medium_integer("medium").nullable();
            t.integer("whole").index();
            t.big_integer("big").default(9_000_000_000_i64);
            t.decimal("price", 10, 2).default(1.5);
            t.float("ratio");
            t.double("precise");
            t.boolean("active").default(true);
            t.char("code", 3);
            t.string("title").default("it's");
            t.string_of("slug", 40).unique();
            t.text("body").nullable().default(crate::operation::DefaultValue::Null);
            t.medium_text("more");
            t.long_text("most");
            t.binary("bytes");
            t.date("day").use_current();
            t.time_of("at", 3);
            t.date_time("starts_at");
            t.timestamp_of("ends_at", 6).nullable();
            t.uuid("key").default_expression("lower(hex(randomblob(16)))");
            t.json("settings");
            t.jsonb("facts");
            t.enumeration("status", &["draft", "it's"]).default("draft");
            t.foreign_id("author_id").nullable().constrained("users").null_on_delete().cascade_on_update();
            t.timestamps();
            t.index(["title", "day"]);
            t.check("kinds_big_check", "big > whole");
        });
    });
    let expected = [
        r#"CREATE TABLE "kinds" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "tiny" integer NOT NULL,
    "small" integer NOT NULL DEFAULT -1,
    "medium" integer,
    "whole" integer NOT NULL,
    "big" integer NOT NULL DEFAULT 9000000000,
    "price" decimal(10, 2) NOT NULL DEFAULT 1.5,
    "ratio" float NOT NULL,
    "precise" double NOT NULL,
    "active" boolean NOT NULL DEFAULT 1,
    "code" char(3) NOT NULL,
    "title" varchar(255) NOT NULL DEFAULT 'it''s',
    "slug" varchar(40) NOT NULL,
    "body" text DEFAULT NULL,
    "more" text NOT NULL,
    "most" text NOT NULL,
    "bytes" blob NOT NULL,
    "day" date NOT NULL DEFAULT CURRENT_DATE,
    "at" time(3) NOT NULL,
    "starts_at" datetime NOT NULL,
    "ends_at" timestamp(6),
    "key" char(36) NOT NULL DEFAULT (lower(hex(randomblob(16)))),
    "settings" text NOT NULL,
    "facts" text NOT NULL,
    "status" varchar NOT NULL DEFAULT 'draft' CONSTRAINT "kinds_status_check" CHECK ("status" IN ('draft', 'it''s')),
    "author_id" integer,
    "created_at" timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "updated_at" timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    CONSTRAINT "kinds_author_id_foreign" FOREIGN KEY ("author_id") REFERENCES "users" ("id") ON DELETE SET NULL ON UPDATE CASCADE,
    CONSTRAINT "kinds_big_check" CHECK (big > whole)
)"#,
        r#"CREATE INDEX "kinds_title_day_index" ON "kinds" ("title", "day")"#,
        r#"CREATE INDEX "kinds_whole_index" ON "kinds" ("whole")"#,
        r#"CREATE UNIQUE INDEX "kinds_slug_unique" ON "kinds" ("slug")"#,
    ];
    assert_eq!(sql.unwrap(), expected);
}

#[test]
fn native_changes() {
    let sql = compiled(|schema| {
        schema.create("posts", |t| {
            t.id();
            t.string("title");
        });
        schema.table("posts", |t| {
            t.string("slug").nullable().unique();
            t.boolean("live").default(false);
            t.foreign_id("author_id").nullable().constrained("users").cascade_on_delete();
            t.enumeration("mood", &["good", "bad"]).nullable();
        });
        schema.table("posts", |t| {
            t.rename_column("title", "headline");
            t.rename_index("posts_slug_unique", "posts_slug");
        });
        schema.table("posts", |t| {
            t.drop_column("slug");
            t.drop_unique(named("posts_slug"));
            t.drop_column("mood");
        });
        schema.rename("posts", "articles");
        schema.drop("articles");
        schema.drop_if_exists("articles");
    });
    let expected = [
        "CREATE TABLE \"posts\" (\n    \"id\" integer PRIMARY KEY AUTOINCREMENT NOT NULL,\n    \
         \"title\" varchar(255) NOT NULL\n)",
        r#"ALTER TABLE "posts" ADD COLUMN "slug" varchar(255)"#,
        r#"ALTER TABLE "posts" ADD COLUMN "live" boolean NOT NULL DEFAULT 0"#,
        r#"ALTER TABLE "posts" ADD COLUMN "author_id" integer CONSTRAINT "posts_author_id_foreign" REFERENCES "users" ("id") ON DELETE CASCADE"#,
        r#"ALTER TABLE "posts" ADD COLUMN "mood" varchar CONSTRAINT "posts_mood_check" CHECK ("mood" IN ('good', 'bad'))"#,
        r#"CREATE UNIQUE INDEX "posts_slug_unique" ON "posts" ("slug")"#,
        r#"ALTER TABLE "posts" RENAME COLUMN "title" TO "headline""#,
        r#"DROP INDEX "posts_slug_unique""#,
        r#"CREATE UNIQUE INDEX "posts_slug" ON "posts" ("slug")"#,
        r#"DROP INDEX "posts_slug""#,
        r#"ALTER TABLE "posts" DROP COLUMN "slug""#,
        r#"ALTER TABLE "posts" DROP COLUMN "mood""#,
        r#"ALTER TABLE "posts" RENAME TO "articles""#,
        r#"DROP TABLE "articles""#,
        r#"DROP TABLE IF EXISTS "articles""#,
    ];
    assert_eq!(sql.unwrap(), expected);
}

#[test]
fn several_changes_are_one_rebuild() {
    let sql = compiled(|schema| {
        schema.create("posts", |t| {
            t.id();
            t.string("title");
            t.string("old");
            t.integer("views").default(0);
            t.index("title");
        });
        schema.table("posts", |t| {
            t.rename_column("old", "subtitle");
            t.text("title").nullable().change();
            t.timestamp("seen_at").use_current();
            t.foreign_id("author_id").constrained("users");
            t.drop_column("views");
            t.check("posts_title_check", "length(title) > 1");
            t.unique("subtitle");
        });
    })
    .unwrap();
    let expected = [
        r#"ALTER TABLE "posts" RENAME COLUMN "old" TO "subtitle""#,
        super::super::guard::FOREIGN_KEYS,
        r#"CREATE TABLE "__arvel_new_posts" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "title" text,
    "subtitle" varchar(255) NOT NULL,
    "seen_at" timestamp NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "author_id" integer NOT NULL,
    CONSTRAINT "posts_title_check" CHECK (length(title) > 1),
    CONSTRAINT "posts_author_id_foreign" FOREIGN KEY ("author_id") REFERENCES "users" ("id")
)"#,
        r#"INSERT INTO "__arvel_new_posts" ("id", "title", "subtitle") SELECT "id", "title", "subtitle" FROM "posts""#,
        "DELETE FROM main.sqlite_sequence WHERE name = '__arvel_new_posts'",
        "INSERT INTO main.sqlite_sequence (name, seq) SELECT '__arvel_new_posts', seq FROM main.sqlite_sequence WHERE name = 'posts'",
        r#"DROP TABLE "posts""#,
        "PRAGMA legacy_alter_table = ON",
        r#"ALTER TABLE "__arvel_new_posts" RENAME TO "posts""#,
        "PRAGMA legacy_alter_table = OFF",
        r#"CREATE INDEX "posts_title_index" ON "posts" ("title")"#,
        r#"CREATE UNIQUE INDEX "posts_subtitle_unique" ON "posts" ("subtitle")"#,
    ];
    assert_eq!(sql[2..], expected);
}

#[test]
fn what_asks_for_the_table_before() {
    let cases: &[(bool, Body)] = &[
        (false, |s| {
            s.create("t", |t| {
                t.id();
            })
        }),
        (true, |s| {
            s.create_if_not_exists("t", |t| {
                t.id();
            })
        }),
        (false, |s| {
            s.table("t", |t| {
                t.string("a").nullable();
            })
        }),
        (false, |s| {
            s.table("t", |t| {
                t.string("a").default("x");
            })
        }),
        (false, |s| {
            s.table("t", |t| {
                t.foreign_id("a").nullable().constrained("u");
            })
        }),
        (false, |s| s.table("t", |t| t.rename_column("a", "b"))),
        (true, |s| {
            s.table("t", |t| {
                t.string("a");
            })
        }),
        (true, |s| {
            s.table("t", |t| {
                t.timestamp("a").use_current();
            })
        }),
        (true, |s| {
            s.table("t", |t| {
                t.index("a");
            })
        }),
        (true, |s| s.table("t", |t| t.drop_column("a"))),
        (false, |s| s.rename("t", "u")),
        (false, |s| s.drop("t")),
    ];
    let dialect = Sqlite::new(crate::dialect::sqlite::driver::capability(""));
    for (at, (asks, body)) in cases.iter().enumerate() {
        assert_eq!(!dialect.needs(&operations(*body)[0]).is_empty(), *asks, "case {at}");
    }
}

#[test]
fn refusals_name_the_way_out() {
    let cases: &[(&str, Body)] = &[
        ("`comment`: SQLite keeps no comments", |s| {
            s.create("t", |t| {
                t.string("a").comment("c");
            });
        }),
        ("`table comment`: SQLite keeps no comments", |s| {
            s.create("t", |t| {
                t.id();
                t.comment("c");
            });
        }),
        ("`audit` would be an attached database, and a migration has only its own", |s| s.drop("audit.t")),
        ("SQLite has no literal for it", |s| {
            s.create("t", |t| {
                t.double("a").default(f64::NAN);
            })
        }),
    ];
    for (expected, body) in cases {
        match compiled(*body) {
            Err(CompileError::Unsupported { reason, alternative, dialect: "SQLite", .. }) => {
                assert_eq!(reason, *expected);
                assert!(!alternative.is_empty());
            }
            other => panic!("{expected}: {other:?}"),
        }
    }
}

#[test]
fn statements_carry_probes_and_lines() {
    let dialect = Sqlite::new(crate::dialect::sqlite::driver::capability(""));
    let compile = |body: Body| dialect.compile(&operations(body)[0], &DatabaseSchema::default()).unwrap();
    let dropped = compile(|s| s.drop("t"));
    assert_eq!(dropped[0].probe, Some(Probe::TableMissing(TableName::from("t"))));
    assert!(dropped[0].needs_foreign_keys_off);
    let sql = compile(|s| s.sql_for("sqlite", "SELECT 1;\nSELECT 2"));
    assert_eq!(sql.iter().map(|s| s.sql.as_str()).collect::<Vec<_>>(), ["SELECT 1", "SELECT 2"]);
    let other = dialect.compile(&operations(|s| s.sql_for("mysql", "x"))[0], &DatabaseSchema::default());
    assert!(matches!(other, Err(CompileError::NoSqlForDialect { dialect: "sqlite", .. })));
}
