//! Types and modifiers of columns: as text, as SQLite keeps their values, and through every change.

use super::{Body, Database, compiled};
use crate::operation::{ColumnDef, ColumnType, Generated};

/// A type, a value and how it comes back: what looks like a number stays a text where a text was meant.
#[tokio::test]
async fn every_type_keeps_its_values() {
    let of = |length, fixed| ColumnType::BinaryOf { length, fixed };
    let moods = || vec!["007".to_owned(), "1e3".to_owned()];
    let cases: Vec<(ColumnType, &str, &str, &str)> = vec![
        (ColumnType::TinyText, "text", "'007'", "text|007"),
        (ColumnType::String { length: 9 }, "varchar(9)", "'1e3'", "text|1e3"),
        (ColumnType::Char { length: 4 }, "char(4)", "'0010'", "text|0010"),
        (ColumnType::LongText, "text", "'12345678901234567890'", "text|12345678901234567890"),
        (ColumnType::Json, "text", "'1.0'", "text|1.0"),
        (ColumnType::Jsonb, "text", "'1'", "text|1"),
        (ColumnType::Uuid, "char(36)", "'00000000'", "text|00000000"),
        (ColumnType::Ulid, "char(26)", "'01234567890123456789012345'", "text|01234567890123456789012345"),
        (ColumnType::IpAddress, "varchar(45)", "'10.0'", "text|10.0"),
        (ColumnType::MacAddress, "varchar(17)", "'001122334455'", "text|001122334455"),
        (ColumnType::Enumeration { values: moods(), type_name: None }, "varchar", "'007'", "text|007"),
        (
            ColumnType::Enumeration { values: moods(), type_name: Some("mood".into()) },
            "varchar",
            "'1e3'",
            "text|1e3",
        ),
        (ColumnType::Binary, "blob", "x'31'", "blob|1"),
        (of(16, true), "blob(16)", "x'3037'", "blob|07"),
        (of(16, false), "blob(16)", "'07'", "text|07"),
        (ColumnType::MediumBinary, "blob", "x'31'", "blob|1"),
        (ColumnType::LongBinary, "blob", "x'31'", "blob|1"),
        (ColumnType::Date, "date", "'2026-01-02'", "text|2026-01-02"),
        (ColumnType::TimeTz { precision: 3 }, "time(3)", "'10:20:30.123+02'", "text|10:20:30.123+02"),
        (
            ColumnType::Timestamp { precision: 0 },
            "timestamp",
            "'2026-01-02 10:20:30'",
            "text|2026-01-02 10:20:30",
        ),
        (ColumnType::Year, "integer", "'2026'", "integer|2026"),
        (ColumnType::BigInteger, "integer", "9223372036854775807", "integer|9223372036854775807"),
        (ColumnType::Decimal { precision: 9, scale: 2 }, "decimal(9, 2)", "'12.50'", "real|12.5"),
        (ColumnType::Raw { sql: "TEXT".into() }, "TEXT", "'01'", "text|01"),
    ];
    for (kind, type_text, value, expected) in cases {
        let name = format!("{kind:?}");
        let def = crate::operation::TableDef {
            name: "t".into(),
            columns: vec![ColumnDef::new("c", kind)],
            ..Default::default()
        };
        let mut db = Database::open().await;
        db.run(&crate::operation::Operation::CreateTable(def)).await;
        assert_eq!(db.table("t").await.columns[0].type_name, type_text.to_lowercase(), "{name}");
        db.sql(&format!("INSERT INTO t VALUES ({value})")).await;
        assert_eq!(db.rows("SELECT typeof(c), CAST(c AS text) FROM t").await, [expected], "{name}");
    }
}

#[test]
fn modifiers_as_text() {
    let sql = compiled(|schema| {
        schema.create("kinds", |t| {
            t.id().starting_value(1000);
            t.string("last").collation("nocase");
            t.string("both").stored_as("name || last");
            t.integer("size").nullable().virtual_as("length(both)");
            t.string("name").after("id");
            t.integer("zeroth").first();
        });
    });
    let expected = [
        r#"CREATE TABLE "kinds" (
    "zeroth" integer NOT NULL,
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "name" varchar(255) NOT NULL,
    "last" varchar(255) COLLATE "nocase" NOT NULL,
    "both" varchar(255) NOT NULL GENERATED ALWAYS AS (name || last) STORED,
    "size" integer GENERATED ALWAYS AS (length(both)) VIRTUAL
)"#,
        "INSERT INTO main.sqlite_sequence (name, seq) SELECT 'kinds', 999 \
         WHERE NOT EXISTS (SELECT 1 FROM main.sqlite_sequence WHERE name = 'kinds')",
    ];
    assert_eq!(sql.unwrap(), expected);
}

#[tokio::test]
async fn columns_take_their_place_and_keep_their_values() {
    let mut db = Database::open().await;
    db.migrate(|schema| {
        schema.create("t", |t| {
            t.id().starting_value(10);
            t.string("a");
            t.string("z").nullable();
            t.check("long", "length(a) > 0");
        });
    })
    .await;
    db.sql("INSERT INTO t (a, z) VALUES ('one', 'zet')").await;
    assert_eq!(db.rows("SELECT id FROM t").await, ["10"]);
    let sent = db
        .migrate(|schema| {
            schema.table("t", |t| {
                t.integer("n").default(1).after("a");
                t.string("m").nullable().after("a");
                t.integer("length").nullable().stored_as("length(z)");
                t.string("z").change().first();
                t.string("a").change().collation("RTRIM");
            });
            schema.table("t", |t| {
                t.integer("twice").nullable().virtual_as("n * 2");
            });
        })
        .await;
    assert_eq!(sent.iter().filter(|sql| sql.starts_with("DROP TABLE")).count(), 1, "{sent:#?}");
    assert_eq!(
        sent.last().unwrap(),
        "ALTER TABLE \"t\" ADD COLUMN \"twice\" integer GENERATED ALWAYS AS (n * 2) VIRTUAL"
    );
    let names: Vec<String> = db.table("t").await.columns.into_iter().map(|column| column.name).collect();
    assert_eq!(names, ["z", "id", "a", "m", "n", "length", "twice"]);
    assert_eq!(db.rows("SELECT * FROM t WHERE a = 'one  '").await, ["zet|10|one|NULL|1|3|2"]);
    db.migrate(|schema| {
        schema.table("t", |t| {
            t.id().change().starting_value(500);
        });
    })
    .await;
    db.sql("INSERT INTO t (a) VALUES ('two')").await;
    assert_eq!(db.rows("SELECT id FROM t ORDER BY id").await, ["10", "500"]);
}

#[tokio::test]
async fn a_computed_column_is_changed_as_far_as_it_can_be() {
    let mut db = Database::with(&[
        "CREATE TABLE t (a INTEGER, v INTEGER AS (a + 1), s TEXT COLLATE NOCASE AS (a || 'x') STORED NOT NULL, p INTEGER)",
        "INSERT INTO t (a, p) VALUES (1, 7), (2, 8)",
    ])
    .await;
    db.migrate(|schema| {
        schema.table("t", |t| {
            t.string("s").nullable().change();
            t.big_integer("v").change().stored_as("a + 2");
            t.integer("p").nullable().change().virtual_as("a * 10");
        });
    })
    .await;
    assert_eq!(db.rows("SELECT * FROM t").await, ["1|3|1x|10", "2|4|2x|20"]);
    let s = db.table("t").await.column("s").cloned().unwrap();
    assert_eq!(
        (s.nullable, s.collation.as_deref(), s.type_name.as_str()),
        (true, Some("NOCASE"), "varchar(255)")
    );
    assert_eq!(s.generated, Some(Generated { expression: "a || 'x'".into(), stored: true }));
    let cases: &[(&str, Body)] = &[
        ("column `s` is computed, and has no use for a default", |s| {
            s.table("t", |t| {
                t.string("s").default("x").change();
            })
        }),
        ("column `s` is computed, and takes no values", |s| {
            s.table("t", |t| {
                t.string("s").change().using("a");
            })
        }),
        ("has no column `nope`", |s| {
            s.table("t", |t| {
                t.string("n").virtual_as("\"nope\" || 1");
            })
        }),
        ("there is no collation `utf8mb4_bin`", |s| {
            s.create("u", |t| {
                t.string("n").collation("utf8mb4_bin");
            })
        }),
        ("table `t` has no column `nope`", |s| {
            s.table("t", |t| {
                t.string("n").after("nope");
            })
        }),
        ("column `a` has a first value and does not count", |s| {
            s.table("t", |t| {
                t.integer("a").change().starting_value(4);
            })
        }),
    ];
    let before = db.inspect().await;
    for (expected, body) in cases {
        let refusal = db.refused(*body).await;
        assert!(refusal.contains(expected), "{expected}: {refusal}");
    }
    assert_eq!(db.inspect().await, before);
}

#[tokio::test]
async fn using_makes_the_new_value_of_the_old_row() {
    let mut db = Database::with(&[
        "CREATE TABLE t (price TEXT, old TEXT, state TEXT)",
        "INSERT INTO t VALUES ('1,50 €', 'a', 'on'), (NULL, 'b', 'off')",
    ])
    .await;
    db.migrate(|schema| {
        schema.table("t", |t| {
            let price = t.integer("price").not_null().default(0).change();
            price.using("CAST(replace(price, ',', '') AS integer)");
            t.drop_column("old");
            let state = t.enumeration("state", &["a:on", "b:off"]).change();
            state.using("old || ':' || \"state\"");
        });
    })
    .await;
    assert_eq!(db.rows("SELECT typeof(price), * FROM t").await, ["integer|150|a:on", "integer|0|b:off"]);
    let refusal = db
        .refused(|s| {
            s.table("t", |t| {
                t.text("state").change().using("\"old\"");
            })
        })
        .await;
    assert!(refusal.contains("has no column `old`"), "{refusal}");
}

#[tokio::test]
async fn a_value_in_use_is_not_taken_from_an_enumeration() {
    let mut db = Database::open().await;
    db.migrate(|schema| {
        schema.create("posts", |t| {
            t.enumeration("status", &["draft", "it's out", "old"]).nullable();
        });
    })
    .await;
    db.sql("INSERT INTO posts VALUES ('draft'), ('it''s out'), ('it''s out'), ('old'), (NULL)").await;
    let before = (db.inspect().await, db.rows("SELECT * FROM posts").await);
    let refusal = db
        .refused(|schema| {
            schema.table("posts", |t| {
                t.enumeration("status", &["draft", "live"]).change();
            });
        })
        .await;
    let expected = "column `status` of `posts` must be one of its values, and there is 'it''s out' in 2 rows, 'old' in 1 row";
    assert!(refusal.contains(expected), "{refusal}");
    assert_eq!((db.inspect().await, db.rows("SELECT * FROM posts").await), before);
    let looks = |sent: &[String]| sent.iter().filter(|sql| sql.contains("number_of_rows")).count();
    let sent = db
        .migrate(|schema| {
            schema.table("posts", |t| {
                t.enumeration("status", &["new", "old", "draft", "it's out"]).change();
            });
        })
        .await;
    assert_eq!(looks(&sent), 0, "no row is looked at when no value goes");
    let sent = db
        .migrate(|schema| {
            schema.table("posts", |t| {
                let status = t.enumeration("status", &["draft", "live"]).change();
                status.using("iif(status = 'draft', 'draft', 'live')");
            });
        })
        .await;
    assert_eq!(looks(&sent), 1);
    assert_eq!(
        db.rows("SELECT status FROM posts ORDER BY 1").await,
        ["draft", "live", "live", "live", "live"]
    );
}
