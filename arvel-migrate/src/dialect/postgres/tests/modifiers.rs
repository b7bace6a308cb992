//! Modifiers of columns: how they count, how they are computed, collations; and that a change keeps what it does not say.

use super::{Body, refused, sql};
use crate::{
    dialect::server_tests::{POSTGRES, Server},
    dsl::Schema,
};

fn counting(s: &mut Schema) {
    s.create("counted", |t| {
        t.id().starting_value(1000);
        t.small_integer("small").identity().always();
        t.integer("down").identity().increment(-2).start(-10).maximum(-1).cache(5);
        t.big_integer("usual").identity().start(1).increment(1).minimum(1).cache(1);
        t.big_integer("plain");
        t.integer("round").identity().minimum(10).maximum(20).cycle();
    });
}

#[tokio::test]
async fn columns_that_count_are_read_back_and_changed() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.apply(counting).await;
    server.run("INSERT INTO counted (plain) VALUES (1), (2)").await;
    let steps: [Body; 5] = [
        |s| {
            s.table("counted", |t| {
                t.small_integer("small").change();
                t.integer("down").not_null().change();
                t.big_integer("round").change();
            })
        },
        |s| {
            s.table("counted", |t| {
                t.small_integer("small").change().identity().cache(3);
                t.integer("down").change().identity();
                t.big_integer("usual").change().identity().always().start(5).cycle();
            })
        },
        |s| {
            s.table("counted", |t| {
                t.big_integer("plain").change().identity().start(7);
                t.big_integer("id").starting_value(5000).change();
            })
        },
        |s| {
            s.table("counted", |t| {
                t.big_integer("added").identity().always();
            })
        },
        |s| {
            s.table("counted", |t| {
                t.big_integer("plain").change().identity();
                t.big_integer("usual").change().identity();
            })
        },
    ];
    for step in steps {
        server.apply(step).await;
    }
    server.run("INSERT INTO counted DEFAULT VALUES").await;
    let sql = "SELECT max(id)::text, max(plain)::text, max(added)::text FROM counted";
    let row = server.connection.query(sql).await.unwrap().remove(0);
    assert_eq!([row.at(0), row.at(1), row.at(2)], [Some("5000"), Some("7"), Some("3")]);
    server.drop().await;
}

#[tokio::test]
async fn a_sequence_of_others_is_no_identity() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.run("CREATE TABLE old (id bigserial PRIMARY KEY, n smallserial NOT NULL)").await;
    server.run("INSERT INTO old DEFAULT VALUES").await;
    let table = server.table("old").await;
    assert!(table.columns.iter().all(|column| column.auto_increment && column.identity.is_none()));
    server
        .apply(|s| {
            s.table("old", |t| {
                t.big_integer("id").starting_value(100).change();
            })
        })
        .await;
    server.run("INSERT INTO old DEFAULT VALUES").await;
    let row = server.connection.query("SELECT max(id)::text AS id FROM old").await.unwrap().remove(0);
    assert_eq!(row.text("id"), Some("100"));
    let refused = server
        .refusal(|s| {
            s.table("old", |t| {
                t.small_integer("n").change().identity();
            })
        })
        .await;
    assert!(refused.to_string().contains("counts by a sequence that is its default"), "{refused}");
    server.drop().await;
}

#[tokio::test]
async fn computed_columns_and_collations() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    let steps: [Body; 5] = [
        |s| {
            s.create("t", |t| {
                t.integer("price");
                t.integer("stock").nullable();
                t.integer("total").stored_as("(\"price\" * stock)").nullable();
                t.string("code").collation("C");
                t.string("name").collation("de-x-icu").default("x");
                t.text("words").array().collation("C").nullable();
            })
        },
        // The expression stays, and no USING is written.
        |s| {
            s.table("t", |t| {
                t.big_integer("total").comment("of all").change();
                t.text("code").change();
                t.string_of("name", 300).change();
            })
        },
        |s| {
            s.table("t", |t| {
                t.text("code").collation("POSIX").change();
                t.string_of("name", 300).collation("default").change();
                t.string("fresh").collation("C").nullable();
                t.integer("double").stored_as("(price * 2)");
            })
        },
        |s| {
            s.table("t", |t| {
                t.rename_column("price", "cost");
            })
        },
        |s| {
            s.table("t", |t| {
                t.integer("code").using("length(code)").change();
            })
        },
    ];
    for step in steps {
        server.apply(step).await;
    }
    server.run("INSERT INTO t (cost, stock, code) VALUES (2, 3, 4)").await;
    let row = server.connection.query("SELECT total::text, \"double\"::text FROM t").await.unwrap().remove(0);
    assert_eq!([row.at(0), row.at(1)], [Some("6"), Some("4")]);
    server.drop().await;
}

#[tokio::test]
async fn what_no_change_can_do_is_refused() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.run("CREATE TABLE t (id bigint GENERATED ALWAYS AS IDENTITY, a integer, b integer GENERATED ALWAYS AS (a * 2) STORED)").await;
    let cases: [(Body, &str); 6] = [
        (
            |s| {
                s.table("t", |t| {
                    t.uuid("id").change();
                })
            },
            "column `id` counts up, which only a whole number can",
        ),
        (
            |s| {
                s.table("t", |t| {
                    t.big_integer("id").nullable().change();
                })
            },
            "column `id` counts up, so it is never NULL",
        ),
        (
            |s| {
                s.table("t", |t| {
                    t.integer("b").default(1).change();
                })
            },
            "column `b` is computed, and takes its value from nowhere else",
        ),
        (
            |s| {
                s.table("t", |t| {
                    t.integer("b").stored_as("a * 3").change();
                })
            },
            "the expression of a computed column can be changed from PostgreSQL 17 on",
        ),
        (
            |s| {
                s.table("t", |t| {
                    t.integer("a").starting_value(3).change();
                })
            },
            "column `a` has a first value, but does not count",
        ),
        (
            |s| {
                s.table("t", |t| {
                    t.integer("c").using("1");
                })
            },
            "column `c` is new and has no value to convert",
        ),
    ];
    for (body, reason) in cases {
        let refused = server.refusal(body).await;
        assert!(refused.to_string().contains(reason), "{refused}");
    }
    server.drop().await;
}

/// Versions that are not here: rendered, not run. <https://www.postgresql.org/docs/18/sql-createtable.html>
#[test]
fn what_later_versions_can_do() {
    let body: Body = |s| {
        s.create("t", |t| {
            t.integer("a");
            t.integer("b").virtual_as("a * 2");
        })
    };
    let expected = "PostgreSQL can not do `create table t`: `virtual_as`: a column that is computed when it is read \
                    exists from PostgreSQL 18 on; use `stored_as(…)`, or a view";
    assert_eq!(refused("170000", body), expected);
    let later: Body = |s| {
        s.create("t", |t| {
            t.integer("a");
            t.integer("b").virtual_as("a * 2");
            t.integer("c").stored_as("a * 3");
        });
        s.table("t", |t| {
            t.integer("b").virtual_as("a * 4").change();
            t.integer("c").stored_as("a * 5").change();
        });
    };
    let written = super::sql_on("180000", later);
    assert!(written.contains("\"b\" integer NOT NULL GENERATED ALWAYS AS (a * 2) VIRTUAL"), "{written}");
    assert!(written.contains("ALTER COLUMN \"b\" SET EXPRESSION AS (a * 4)"), "{written}");
    assert!(written.contains("ALTER COLUMN \"c\" SET EXPRESSION AS (a * 5)"), "{written}");
}

#[test]
fn how_columns_that_count_are_written() {
    let written = sql(counting);
    for part in [
        "\"id\" bigint GENERATED BY DEFAULT AS IDENTITY (START WITH 1000) NOT NULL",
        "\"small\" smallint GENERATED ALWAYS AS IDENTITY NOT NULL",
        "\"down\" integer GENERATED BY DEFAULT AS IDENTITY (START WITH -10 INCREMENT BY -2 MAXVALUE -1 CACHE 5) NOT NULL",
        "\"round\" integer GENERATED BY DEFAULT AS IDENTITY (MINVALUE 10 MAXVALUE 20 CYCLE) NOT NULL",
    ] {
        assert!(written.contains(part), "{part} in {written}");
    }
}
