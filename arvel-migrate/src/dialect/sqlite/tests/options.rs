//! Tables that are STRICT, WITHOUT ROWID or temporary: made, changed, rebuilt, and read back.

use super::{Body, Database, operations};
use crate::{
    dialect::{Dialect, sqlite::Sqlite},
    operation::TableOptions,
};

/// Whether a table is strict, without rowid, temporary.
async fn options(db: &mut Database, table: &str) -> (bool, bool, bool) {
    let TableOptions { strict, without_rowid, temporary, .. } = db.table(table).await.options;
    (strict == Some(true), without_rowid == Some(true), temporary)
}

#[tokio::test]
async fn a_strict_table_has_strict_types_now_and_later() {
    let mut db = Database::open().await;
    let sent = db
        .migrate(|schema| {
            schema.create("t", |t| {
                t.strict();
                t.id();
                t.string("name").collation("NOCASE");
                t.boolean("active").default(true);
                t.decimal("price", 15, 2).nullable();
                t.timestamp("at").use_current();
                t.binary("bytes").nullable();
                t.double("ratio").nullable();
                t.enumeration("mood", &["a", "b"]).default("a");
                t.raw_column("free", "ANY").nullable();
            });
        })
        .await;
    let expected = r#"CREATE TABLE "t" (
    "id" integer PRIMARY KEY AUTOINCREMENT NOT NULL,
    "name" text COLLATE "NOCASE" NOT NULL,
    "active" integer NOT NULL DEFAULT 1,
    "price" real,
    "at" text NOT NULL DEFAULT CURRENT_TIMESTAMP,
    "bytes" blob,
    "ratio" real,
    "mood" text NOT NULL DEFAULT 'a' CONSTRAINT "t_mood_check" CHECK ("mood" IN ('a', 'b')),
    "free" ANY
) STRICT"#;
    assert_eq!(sent, [expected]);
    db.sql("INSERT INTO t (name, price, free) VALUES ('x', 12.5, '01')").await;
    let sent = db
        .migrate(|schema| {
            schema.table("t", |t| {
                t.string("slug").nullable();
            });
            schema.table("t", |t| {
                t.date("day").nullable();
                t.timestamp("at").nullable().change();
            });
        })
        .await;
    assert_eq!(sent[0], r#"ALTER TABLE "t" ADD COLUMN "slug" text"#);
    assert_eq!(
        db.rows("SELECT name, price, typeof(free), free, slug, day FROM t").await,
        ["x|12.5|text|01|NULL|NULL"]
    );
    assert_eq!(options(&mut db, "t").await, (true, false, false));
    assert!(db.connection.execute("INSERT INTO t (name, bytes) VALUES ('y', 'text')").await.is_err());
    for (expected, body) in [
        (
            "column `c` has 16 digits, and the numbers of a STRICT table hold 15",
            (|s| {
                s.create("u", |t| {
                    t.strict();
                    t.decimal("c", 16, 2);
                })
            }) as Body,
        ),
        ("column `c` has the type `money`, and the table is STRICT", |s| {
            s.table("t", |t| {
                t.raw_column("c", "money").nullable();
            })
        }),
    ] {
        let refusal = db.refused(body).await;
        assert!(refusal.contains(expected), "{refusal}");
    }
}

#[test]
fn what_is_known_of_a_table_behind_raw_sql_is_enough_for_a_new_column() {
    let dialect = Sqlite::new(crate::dialect::sqlite::driver::capability(""));
    let add = &operations(|s| {
        s.table("t", |t| {
            t.string("c").nullable();
            t.rename_column("new", "newer");
        })
    })[0];
    let mut schema = crate::schema::DatabaseSchema::default();
    dialect.fold(
        &operations(|s| {
            s.create("t", |t| {
                t.strict();
                t.integer("n");
            })
        })[0],
        &mut schema,
    );
    assert!(dialect.compile(add, &schema).is_err(), "there is no column `new`");
    let sql: Vec<String> =
        dialect.compile(add, &schema.outlines()).unwrap().into_iter().map(|one| one.sql).collect();
    assert_eq!(
        sql,
        [r#"ALTER TABLE "t" ADD COLUMN "c" text"#, r#"ALTER TABLE "t" RENAME COLUMN "new" TO "newer""#]
    );
}

#[tokio::test]
async fn a_table_becomes_strict_when_its_rows_fit() {
    let mut db = Database::with(&[
        "CREATE TABLE t (id bigint PRIMARY KEY, a varchar(9) NOT NULL -- a name\n, b boolean, c decimal(9,2), d, e datetime)",
        "INSERT INTO t VALUES (1, 'x', 1, 1.5, x'00', '2026-01-02 03:04:05')",
        "CREATE TABLE bad (a numeric)",
    ])
    .await;
    let before = db.inspect().await;
    db.sql("INSERT INTO t VALUES (2, x'00', 1, 1, 1, 1)").await;
    let refusal = db.refused(|s| s.table("t", |t| t.strict())).await;
    assert!(refusal.contains("cannot store BLOB value in TEXT column t.a"), "{refusal}");
    assert_eq!(db.inspect().await, before);
    db.sql("DELETE FROM t WHERE id = 2").await;
    db.migrate(|s| {
        s.table("t", |t| {
            t.strict();
            t.without_rowid();
        })
    })
    .await;
    assert_eq!(options(&mut db, "t").await, (true, true, false));
    let sql = db.table("t").await.sql.unwrap();
    assert_eq!(
        sql,
        "CREATE TABLE \"t\" (id int PRIMARY KEY, a text NOT NULL -- a name\n, b integer, c real, d any, e text) \
         STRICT, WITHOUT ROWID"
    );
    assert_eq!(db.rows("SELECT id, a, b, c, e FROM t").await, ["1|x|1|1.5|2026-01-02 03:04:05"]);
    // And back again, to types that it did not know meanwhile.
    let there = db.inspect().await;
    let start = &before;
    let up = &operations(|s| {
        s.table("t", |t| {
            t.strict();
            t.without_rowid();
        })
    });
    for operation in crate::undo::resolve(&*db.dialect, up, start.clone()).unwrap() {
        db.run(&operation).await;
    }
    assert_eq!(options(&mut db, "t").await, (false, false, false));
    let back = db.table("t").await;
    assert_eq!(back.columns, start.table(&"t".into()).unwrap().columns);
    assert!(back.sql.unwrap().ends_with(", e datetime)"));
    assert_ne!(there, db.inspect().await);
    assert_eq!(db.rows("SELECT id, a, b, c, e FROM t").await, ["1|x|1|1.5|2026-01-02 03:04:05"]);
    let refusal = db.refused(|s| s.table("bad", |t| t.strict())).await;
    assert!(
        refusal.contains("column `a` has the type `numeric`, which a STRICT table does not know"),
        "{refusal}"
    );
}

#[tokio::test]
async fn a_table_without_rowid_has_a_key_that_does_not_count() {
    let mut db = Database::open().await;
    db.migrate(|schema| {
        schema.create("t", |t| {
            t.without_rowid();
            t.string("key").primary();
            t.integer("n").nullable();
        });
    })
    .await;
    assert_eq!(options(&mut db, "t").await, (false, true, false));
    db.sql("INSERT INTO t VALUES ('k', 1)").await;
    db.migrate(|s| {
        s.table("t", |t| {
            t.integer("n").not_null().change();
        })
    })
    .await;
    assert_eq!(options(&mut db, "t").await, (false, true, false));
    db.migrate(|s| {
        s.create("counting", |t| {
            t.id();
        });
        s.create("keyless", |t| {
            t.integer("n");
        });
    })
    .await;
    let cases: [(&str, Body); 4] = [
        ("a table WITHOUT ROWID has none", |s| {
            s.create("u", |t| {
                t.without_rowid();
                t.id();
            })
        }),
        ("a table WITHOUT ROWID needs a primary key", |s| {
            s.create("u", |t| {
                t.without_rowid();
                t.string("a");
            })
        }),
        ("a table WITHOUT ROWID has none", |s| s.table("counting", |t| t.without_rowid())),
        ("a table WITHOUT ROWID needs a primary key", |s| s.table("keyless", |t| t.without_rowid())),
    ];
    for (expected, body) in cases {
        let refusal = db.refused(body).await;
        assert!(refusal.contains(expected), "{refusal}");
    }
}

#[tokio::test]
async fn a_temporary_table_is_changed_as_any_other_and_hides_the_one_of_its_name() {
    let mut db =
        Database::with(&["CREATE TABLE \"odd one\" (z)", "INSERT INTO \"odd one\" VALUES (9)"]).await;
    db.migrate(|schema| {
        schema.create("odd one", |t| {
            t.temporary();
            t.id().starting_value(7);
            t.string("a").index();
            t.string("b").nullable();
        });
    })
    .await;
    db.sql("INSERT INTO \"odd one\" (a) VALUES ('x')").await;
    db.sql("CREATE TEMP TRIGGER tr AFTER DELETE ON \"odd one\" BEGIN SELECT 1; END").await;
    db.migrate(|schema| {
        schema.table("odd one", |t| {
            t.text("a").default("d").change();
            t.id().starting_value(50).change();
        });
        schema.table("odd one", |t| {
            t.string("c").nullable();
        });
        schema.table("odd one", |t| t.rename_column("b", "B 2"));
        schema.rename("odd one", "another");
        schema.table("another", |t| {
            t.drop_column("a");
            t.check("k", "c <> 'z'");
        });
    })
    .await;
    assert_eq!(options(&mut db, "another").await, (false, false, true));
    assert_eq!(db.table("another").await.triggers.len(), 1);
    db.sql("INSERT INTO another (c) VALUES ('y')").await;
    assert_eq!(db.rows("SELECT * FROM another").await, ["7|NULL|NULL", "50|NULL|y"]);
    assert_eq!(db.rows("SELECT name FROM main.sqlite_schema").await, ["odd one"]);
    assert_eq!(db.rows("SELECT * FROM \"odd one\"").await, ["9"]);
    db.migrate(|schema| schema.drop("another")).await;
    assert_eq!(
        db.rows("SELECT count(*) FROM temp.sqlite_schema WHERE name <> 'sqlite_sequence'").await,
        ["0"]
    );
    let refusal = db
        .refused(|s| {
            s.create("u", |t| {
                t.temporary();
                t.foreign_id("a").constrained("odd one");
            })
        })
        .await;
    assert!(
        refusal.contains("the parents of a temporary table are temporary, and `odd one` may not be"),
        "{refusal}"
    );
}
