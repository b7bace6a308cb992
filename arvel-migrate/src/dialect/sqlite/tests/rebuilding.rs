//! A rebuild keeps everything that nobody asked to change.

use super::{Body, Database, compiled, operations};
use crate::dsl::named;

const PARENT: &str = "CREATE TABLE users (id INTEGER PRIMARY KEY AUTOINCREMENT, -- the key, kept
    name TEXT COLLATE NOCASE NOT NULL DEFAULT 'x' CHECK (length(name) > 0),
    born INTEGER, boss REFERENCES users (id) ON DELETE CASCADE,
    age INTEGER GENERATED ALWAYS AS (2024 - born) VIRTUAL, twice INT AS (born * 2) STORED,
    CONSTRAINT sane CHECK (born > 0), UNIQUE (name, born) ON CONFLICT IGNORE) STRICT";

async fn family() -> Database {
    let parent = PARENT.replace("boss REFERENCES", "boss INTEGER REFERENCES");
    Database::with(&[
        &parent,
        "CREATE TABLE posts (id INTEGER PRIMARY KEY, user_id INTEGER REFERENCES users ON DELETE CASCADE)",
        "CREATE TABLE log (line TEXT)",
        "CREATE VIEW names AS SELECT u.name, p.id FROM users u JOIN posts p ON p.user_id = u.id",
        "CREATE INDEX by_age ON users (age DESC, lower(name)) WHERE born > 1900",
        "CREATE TRIGGER hello AFTER INSERT ON users BEGIN INSERT INTO log VALUES ('new; ' || new.name); END",
        "CREATE TRIGGER other AFTER DELETE ON posts BEGIN UPDATE users SET name = 'gone' WHERE id = old.user_id; END",
        "INSERT INTO users (id, name, born, boss) VALUES (1, 'Ann', 1980, NULL), (2, 'Bob', 1990, 1), (9, 'Zoe', 1, 1)",
        "DELETE FROM users WHERE id = 9",
        "INSERT INTO posts VALUES (10, 1), (11, 2)",
        "DELETE FROM log",
    ])
    .await
}

#[tokio::test]
async fn child_rows_sequence_and_every_object_survive() {
    let mut db = family().await;
    let before = db.inspect().await;
    db.migrate(|schema| {
        schema.table("users", |t| {
            t.integer("born").not_null().change();
        });
    })
    .await;
    let mut expected = before.clone();
    let users = expected.tables.get_mut(&"users".into()).unwrap();
    let born = users.columns.iter_mut().find(|column| column.name == "born").unwrap();
    born.nullable = false;
    born.type_name = "integer".into();
    users.sql = Some(
        users
            .sql
            .clone()
            .unwrap()
            .replace("born INTEGER,", "born integer NOT NULL,")
            .replace("CREATE TABLE users", "CREATE TABLE \"users\""),
    );
    assert_eq!(db.inspect().await, expected);

    assert_eq!(
        db.rows("SELECT id, name, born, age, twice, boss FROM users").await,
        ["1|Ann|1980|44|3960|NULL", "2|Bob|1990|34|3980|1"]
    );
    assert_eq!(db.rows("SELECT id, user_id FROM posts").await, ["10|1", "11|2"]);
    assert_eq!(db.rows("SELECT * FROM names").await, ["Ann|10", "Bob|11"]);
    assert_eq!(db.rows("SELECT name, seq FROM sqlite_sequence").await, ["users|9"]);
    assert_eq!(db.rows("SELECT line FROM log").await, [""; 0]);
    assert_eq!(db.rows("PRAGMA foreign_keys").await, ["1"]);
    assert_eq!(db.rows("PRAGMA legacy_alter_table").await, ["0"]);

    db.sql("INSERT INTO users (name, born) VALUES ('New', 2000)").await;
    assert_eq!(db.rows("SELECT max(id) FROM users").await, ["10"]);
    assert_eq!(db.rows("SELECT line FROM log").await, ["new; New"]);
    db.sql("DELETE FROM users WHERE id = 1").await;
    assert_eq!(db.rows("SELECT id FROM posts").await, [""; 0], "the cascade still works");
}

#[tokio::test]
async fn a_sequence_of_an_empty_table_is_kept() {
    let mut db = Database::open().await;
    db.migrate(|schema| {
        schema.create("t", |t| {
            t.id();
            t.string("a");
        })
    })
    .await;
    db.sql("INSERT INTO t (a) VALUES ('x'), ('y')").await;
    db.sql("DELETE FROM t").await;
    db.migrate(|schema| {
        schema.table("t", |t| {
            t.text("a").change();
        })
    })
    .await;
    db.sql("INSERT INTO t (a) VALUES ('z')").await;
    assert_eq!(db.rows("SELECT id FROM t").await, ["3"]);
}

#[tokio::test]
async fn a_table_without_rowid_stays_one_and_another_keeps_its_rowids() {
    let mut db = Database::with(&[
        "CREATE TABLE w (a TEXT, b INT, PRIMARY KEY (a)) WITHOUT ROWID",
        "INSERT INTO w VALUES ('k', 1)",
        "CREATE TABLE r (rowid TEXT, b TEXT)",
        "INSERT INTO r (_rowid_, rowid, b) VALUES (7, 'x', 'y')",
    ])
    .await;
    db.migrate(|schema| {
        schema.table("w", |t| {
            t.string("b").nullable().change();
        });
        schema.table("r", |t| {
            t.check("short", "length(b) < 9");
        });
    })
    .await;
    let sql = db.table("w").await.sql;
    assert_eq!(
        sql.as_deref(),
        Some("CREATE TABLE \"w\" (a TEXT, b varchar(255), PRIMARY KEY (a)) WITHOUT ROWID")
    );
    assert_eq!(db.rows("SELECT * FROM w").await, ["k|1"]);
    assert_eq!(db.rows("SELECT _rowid_, rowid, b FROM r").await, ["7|x|y"]);
    let refusal = db.refused(|schema| schema.table("w", |t| t.drop_primary("a"))).await;
    assert!(refusal.contains("WITHOUT ROWID needs a primary key"), "{refusal}");
}

#[tokio::test]
async fn a_change_keeps_what_it_does_not_mention() {
    let mut db = Database::open().await;
    db.migrate(|schema| {
        schema.create("t", |t| {
            t.id();
            t.string("a").nullable().default("x");
            t.enumeration("e", &["one", "two"]).default("one");
        });
        schema.table("t", |t| {
            t.string_of("a", 500).change();
            t.enumeration("e", &["one", "two", "three"]).change();
        });
    })
    .await;
    let sql = db.table("t").await.sql.unwrap();
    assert_eq!(
        sql,
        "CREATE TABLE \"t\" (\n    \"id\" integer PRIMARY KEY AUTOINCREMENT NOT NULL,\n    \
         \"a\" varchar(500) DEFAULT 'x',\n    \"e\" varchar NOT NULL DEFAULT 'one' \
         CONSTRAINT \"t_e_check\" CHECK (\"e\" IN ('one', 'two', 'three'))\n)"
    );
    db.migrate(|schema| {
        schema.table("t", |t| {
            t.string_of("a", 500).no_default().change();
            t.string("e").change();
        });
    })
    .await;
    let table = db.table("t").await;
    assert_eq!(table.column("a").unwrap().default, None);
    assert_eq!(table.column("e").unwrap().extra, None);
}

#[tokio::test]
async fn null_is_filled_only_from_a_default_that_was_given() {
    let mut db = Database::with(&["CREATE TABLE t (a TEXT)", "INSERT INTO t VALUES (NULL), ('v')"]).await;
    let failed = db
        .refused(|schema| {
            schema.table("t", |t| {
                t.string("a").not_null().change();
            })
        })
        .await;
    assert!(failed.contains("NOT NULL constraint failed"), "{failed}");
    assert_eq!(db.rows("SELECT a FROM t").await, ["NULL", "v"]);
    db.migrate(|schema| {
        schema.table("t", |t| {
            t.string("a").not_null().default("d").change();
        })
    })
    .await;
    assert_eq!(db.rows("SELECT a FROM t").await, ["d", "v"]);
}

#[tokio::test]
async fn keys_come_and_go_and_their_columns_with_them() {
    let mut db =
        Database::with(&["CREATE TABLE users (id INTEGER PRIMARY KEY)", "INSERT INTO users VALUES (1)"])
            .await;
    db.migrate(|schema| {
        schema.create("t", |t| {
            t.integer("a");
            t.integer("b");
            t.foreign_id("user_id").constrained("users");
            t.unique("b");
        });
    })
    .await;
    db.sql("INSERT INTO t VALUES (1, 2, 1)").await;
    db.migrate(|schema| {
        schema.table("t", |t| {
            t.primary(["a", "b"]);
        });
        schema.table("t", |t| {
            t.drop_column("user_id");
            t.drop_foreign("user_id");
        });
        schema.table("t", |t| {
            t.drop_primary(["a", "b"]);
            t.check("t_a_check", "a > 0");
            t.id();
        });
        schema.table("t", |t| t.drop_check("t_a_check"));
        schema.table("t", |t| {
            t.drop_column("a");
            t.integer("a").nullable();
        });
    })
    .await;
    assert_eq!(db.rows("SELECT id, b, a FROM t").await, ["1|2|NULL"]);
}

#[tokio::test]
async fn a_key_that_rows_break_leaves_everything_as_it_was() {
    let mut db = Database::with(&[
        "CREATE TABLE users (id INTEGER PRIMARY KEY)",
        "CREATE TABLE t (a INTEGER)",
        "INSERT INTO t VALUES (5)",
    ])
    .await;
    let before = db.inspect().await;
    let failed = db
        .refused(|schema| {
            schema.table("t", |t| {
                t.foreign("a").references("id").on("users");
            })
        })
        .await;
    assert_eq!(failed, "t|1|users");
    assert_eq!(db.inspect().await, before);
}

#[tokio::test]
async fn a_used_column_is_not_dropped() {
    let mut db = family().await;
    db.sql("CREATE TRIGGER uses_born AFTER UPDATE ON posts BEGIN SELECT 1; END").await;
    let cases: &[(&str, Body)] = &[
        ("the index `by_age` uses the column `name`", |s| s.table("users", |t| t.drop_column("name"))),
        ("the primary key uses the column `id`", |s| s.table("users", |t| t.drop_column("id"))),
        ("the foreign key `without a name` uses the column `boss`", |s| {
            s.table("users", |t| t.drop_column("boss"));
        }),
        ("has no column `nope`", |s| s.table("users", |t| t.drop_column("nope"))),
        ("has no column `nope`", |s| {
            s.table("users", |t| {
                t.index("nope");
            })
        }),
        ("has no index `users_nope_index`", |s| {
            s.table("users", |t| {
                t.drop_index("nope");
            })
        }),
        ("has no foreign key `f`", |s| s.table("users", |t| t.drop_foreign(named("f")))),
        ("has no check `c`", |s| s.table("users", |t| t.drop_check("c"))),
        ("has no column `nope`", |s| {
            s.table("users", |t| {
                t.check("c", "\"nope\" > 0");
            })
        }),
        ("has no primary key", |s| s.table("log", |t| t.drop_primary("line"))),
        ("there is no table `missing`", |s| s.table("missing", |t| t.drop_column("a"))),
        ("the table has a primary key already", |s| {
            s.table("users", |t| {
                t.primary("name");
            })
        }),
        ("a table keeps at least one column", |s| s.table("log", |t| t.drop_column("line"))),
        ("error in view names", |s| {
            s.table("posts", |t| {
                t.drop_primary("id");
                t.drop_column("id");
            })
        }),
    ];
    let before = db.inspect().await;
    for (expected, body) in cases {
        let refusal = db.refused(*body).await;
        // SQLite's own word for a view that lost its column.
        let found = refusal.contains(expected)
            || (expected.contains("view") && refusal.contains("no such column: p.id"));
        assert!(found, "{expected}: {refusal}");
        assert_eq!(db.inspect().await, before);
    }
}

#[tokio::test]
async fn the_rebuild_refuses_to_run_with_foreign_keys_on() {
    let mut db = family().await;
    let operation = &operations(|schema| {
        schema.table("users", |t| {
            t.integer("born").change();
        })
    })[0];
    let statements = db.compile(operation).await.unwrap();
    assert!(statements.iter().all(|statement| statement.needs_foreign_keys_off));
    let error = db.connection.execute(&statements[0].sql).await.expect_err("the guard");
    assert!(error.message.contains("a table rebuild needs foreign keys off"), "{error}");
}

#[tokio::test]
async fn dropping_a_parent_deletes_no_children() {
    let mut db = family().await;
    let failed = db.refused(|schema| schema.drop("users")).await;
    assert!(failed.starts_with("posts|"), "{failed}");
    assert_eq!(db.rows("SELECT count(*) FROM posts").await, ["2"]);
    db.migrate(|schema| schema.drop("posts")).await;
}

#[tokio::test]
async fn a_rename_goes_before_the_rebuild_and_not_past_its_own_column() {
    let mut db =
        Database::with(&["CREATE TABLE t (a TEXT, b TEXT)", "INSERT INTO t VALUES ('1', '2')"]).await;
    db.migrate(|schema| {
        schema.table("t", |t| {
            t.drop_column("a");
            t.rename_column("b", "a");
            t.string("a").not_null().change();
        });
    })
    .await;
    assert_eq!(db.rows("SELECT * FROM t").await, ["2"]);
    let mut db = family().await;
    let refusal = db
        .refused(|schema| {
            schema.table("users", |t| {
                t.rename_column("name", "label");
                t.string("label").change();
            });
        })
        .await;
    assert!(refusal.contains("the trigger `hello` uses the column `name`"), "{refusal}");
}

#[test]
fn pure_native_changes_need_no_rebuild() {
    let sql = compiled(|schema| {
        schema.create("t", |t| {
            t.id();
            t.string("a");
        });
        schema.table("t", |t| {
            t.drop_column("a");
            t.string("b").nullable();
        });
    });
    assert_eq!(sql.unwrap().len(), 3);
}

#[tokio::test]
async fn a_trigger_that_loses_its_column_stops_the_rebuild() {
    let mut db = Database::with(&[
        "CREATE TABLE t (a TEXT, b TEXT, c TEXT)",
        "CREATE TRIGGER tr AFTER UPDATE OF b ON t WHEN old.a <> 'x' BEGIN SELECT 1; END",
    ])
    .await;
    let before = db.inspect().await;
    let bodies: [Body; 2] = [
        |schema| schema.table("t", |t| t.drop_column("a")),
        |schema| {
            schema.table("t", |t| {
                t.drop_column("a");
                t.check("k", "b <> c");
            });
        },
    ];
    for body in bodies {
        let refusal = db.refused(body).await;
        assert!(refusal.contains("no such column: old.a"), "{refusal}");
        assert_eq!(db.inspect().await, before);
    }
}
