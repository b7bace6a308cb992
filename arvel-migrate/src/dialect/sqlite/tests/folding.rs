//! The fold of an operation is what an inspection shows after it ran: `Database::migrate` compares both each time.

use super::{Body, Database, operations};
use crate::dsl::named;

#[tokio::test]
async fn sequences_of_operations() {
    let bodies: &[Body] = &[
        |s| {
            s.create("users", |t| {
                t.id();
                t.string("email").unique();
                t.timestamps();
                t.soft_deletes();
            });
            s.create("posts", |t| {
                t.uuid("id").primary();
                t.foreign_id("user_id").constrained("users").cascade_on_delete();
                t.enumeration("status", &["a", "b"]);
                t.string("Tïtle \"x\"");
                t.morphs("subject");
            });
            s.table("posts", |t| t.rename_column("user_id", "author_id"));
            s.table("users", |t| t.rename_column("id", "key"));
            s.rename("users", "people");
            s.table("people", |t| {
                t.string("name").default("n");
                t.foreign_id("boss").nullable().constrained("people");
            });
            s.table("people", |t| t.rename_column("key", "id"));
            s.table("posts", |t| {
                t.drop_column("author_id");
                t.drop_foreign(named("posts_user_id_foreign"));
            });
            s.table("people", |t| {
                t.drop_unique("nothing");
            });
        },
        |s| {
            s.create("t", |t| {
                t.integer("a");
                t.integer("b").default(1);
                t.string("c").nullable();
                t.primary(["a", "b"]);
                t.check("t_check", "a > b AND c <> 'a'");
            });
            s.table("t", |t| t.rename_column("a", "A b"));
            s.table("t", |t| {
                t.drop_column("c");
                t.drop_check("t_check");
            });
        },
        |s| {
            s.create("t", |t| {
                t.id();
                t.integer("last");
            });
            s.table("t", |t| {
                t.text("x").nullable();
            });
            s.table("t", |t| t.drop_column("x"));
            s.table("t", |t| {
                t.text("y");
            });
            s.table("t", |t| t.drop_column("last"));
            s.table("t", |t| {
                t.unique("y");
                t.index(["y", "id"]).named("i");
            });
            s.table("t", |t| {
                t.rename_index("i", "j");
                t.rename_column("y", "z");
            });
            s.table("t", |t| {
                t.foreign("z").references("id").on("t");
            });
            s.table("t", |t| t.drop_foreign("z"));
            s.create_if_not_exists("t", |t| {
                t.string("other").index();
            });
            s.drop("t");
            s.drop_if_exists("t");
        },
    ];
    for (at, body) in bodies.iter().enumerate() {
        let mut db = Database::open().await;
        for operation in operations(*body) {
            let mut folded = db.inspect().await;
            let exact = db.dialect.fold(&operation, &mut folded);
            match db.try_run(&operation).await {
                Ok(_) => assert!(exact, "case {at}: {}", operation.describe()),
                Err(error) => {
                    assert!(!exact, "case {at}: {}: {error}", operation.describe());
                    assert!(error.contains("has no index `people_nothing_unique`"), "case {at}: {error}");
                    folded = db.inspect().await;
                }
            }
            assert_eq!(folded, db.inspect().await, "case {at}: {}", operation.describe());
        }
    }
}

#[tokio::test]
async fn tables_of_other_hands() {
    let bodies: &[(&str, Body)] = &[
        ("CREATE TABLE t(a,b INT UNIQUE,c DEFAULT (1+1),UNIQUE(a,b))", |s| {
            s.table("t", |t| t.drop_column("c"))
        }),
        ("CREATE TABLE t(a,b INT UNIQUE,c DEFAULT (1+1),UNIQUE(a,b))", |s| {
            s.table("t", |t| {
                t.drop_unique(named("sqlite_autoindex_t_1"));
            });
        }),
        ("CREATE TABLE t(a INTEGER PRIMARY KEY, b, c CHECK(c>a) -- end\n)", |s| {
            s.table("t", |t| {
                t.string("d").nullable();
            });
            s.table("t", |t| t.rename_column("a", "z"));
            s.table("t", |t| {
                t.check("k", "1");
            });
            s.table("t", |t| t.drop_column("b"));
            s.table("t", |t| t.drop_column("d"));
        }),
        ("CREATE TABLE t(a INT PRIMARY KEY, b TEXT UNIQUE, CONSTRAINT n UNIQUE (a, b)) STRICT", |s| {
            s.table("t", |t| {
                t.drop_unique(named("sqlite_autoindex_t_2"));
            });
        }),
        ("CREATE TABLE t(a PRIMARY KEY, b UNIQUE, UNIQUE (B)) WITHOUT ROWID", |s| {
            s.table("t", |t| {
                t.check("c", "a > b");
            });
        }),
        ("CREATE TABLE t(a, b NOT NULL, CONSTRAINT n UNIQUE (a, b) CHECK (a > 1))", |s| {
            s.table("t", |t| {
                t.drop_unique(named("n"));
            });
            s.rename("t", "T 2");
            s.table("T 2", |t| {
                t.string("c");
            });
        }),
        (
            "CREATE TABLE [t] (\"a\" int PRIMARY KEY, `b` int, 'c' int, FOREIGN KEY (a) REFERENCES t, FOREIGN KEY (b) REFERENCES t(a))",
            |s| {
                s.table("t", |t| t.drop_foreign("b"));
                s.table("t", |t| t.rename_column("a", "x"));
            },
        ),
        ("CREATE TABLE t AS SELECT 1 AS a, 'x' AS b", |s| {
            s.table("t", |t| {
                t.id();
            })
        }),
    ];
    for (sql, body) in bodies {
        let mut db = Database::with(&[sql]).await;
        db.migrate(*body).await;
    }
}

#[tokio::test]
async fn what_can_not_be_foreseen_says_so() {
    let mut db =
        Database::with(&["CREATE TABLE t (a, b)", "CREATE VIEW v AS SELECT a FROM t", "CREATE TABLE u (x)"])
            .await;
    let cases: &[(bool, Body)] = &[
        (false, |s| s.sql("SELECT 1")),
        (false, |s| s.table("t", |t| t.rename_column("a", "c"))),
        (true, |s| s.table("t", |t| t.rename_column("b", "c"))),
        (false, |s| s.rename("t", "w")),
        (true, |s| s.rename("u", "w")),
        (true, |s| {
            s.table("unknown", |t| {
                t.string("a").nullable();
            })
        }),
        (false, |s| s.table("unknown", |t| t.drop_column("a"))),
    ];
    for (at, (expected, body)) in cases.iter().enumerate() {
        let mut schema = db.inspect().await;
        assert_eq!(db.dialect.fold(&operations(*body)[0], &mut schema), *expected, "case {at}");
    }
}
