//! Tables that are more than their columns: unlogged, temporary, with parameters.

use super::{Body, refused, sql, sql_on};
use crate::{
    dialect::server_tests::{POSTGRES, Server},
    dsl::Schema,
};

#[tokio::test]
async fn options_are_read_back_and_changed() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    let steps: [Body; 6] = [
        |s| {
            s.create("logged", |t| {
                t.id();
                t.text("body");
                t.unlogged();
                t.option("fillfactor", "70");
                t.option("autovacuum_enabled", "off");
                t.option("toast.autovacuum_enabled", "off");
                t.option("tablespace", "pg_default");
            })
        },
        |s| {
            s.create("scratch", |t| {
                t.id();
                t.temporary();
                t.string("name").index();
            })
        },
        |s| {
            s.table("scratch", |t| {
                t.string_of("name", 10).change();
                t.option("fillfactor", "50");
            })
        },
        |s| {
            s.table("logged", |t| {
                t.option("fillfactor", "90");
                t.option("parallel_workers", "2");
            })
        },
        |s| {
            s.create("later", |t| {
                t.id();
            });
            s.table("later", |t| t.unlogged());
        },
        |s| {
            s.table("logged", |t| {
                t.logged();
                t.option("fillfactor", "default");
                t.option("toast.autovacuum_enabled", "default");
                t.option("tablespace", "default");
            })
        },
    ];
    for step in steps {
        server.apply(step).await;
    }
    let logged = server.table("logged").await;
    assert_eq!(logged.options.unlogged, None);
    assert!(server.table("scratch").await.options.temporary);
    server.drop().await;
}

#[tokio::test]
async fn a_temporary_table_hides_the_other_one_of_its_name() {
    let Some(mut server) = Server::new(POSTGRES).await else { return };
    server.run("CREATE TABLE t (a integer)").await;
    server.run("CREATE TEMPORARY TABLE t (b text)").await;
    let table = server.table("t").await;
    assert!(table.options.temporary && table.column("b").is_some());
    server.drop().await;
}

#[test]
fn what_a_table_can_not_be_is_refused() {
    let cases: [(Body, &str); 6] = [
        (
            |s| create(s, |t| t.engine("InnoDB")),
            "`engine`: every table is kept by the same engine; take `engine(…)` away",
        ),
        (
            |s| create(s, |t| t.strict()),
            "`strict`: values are always of their column's type; take `strict()` away",
        ),
        (
            |s| {
                create(s, |t| {
                    t.temporary();
                    t.unlogged();
                })
            },
            "a temporary table is never logged; take `unlogged()` away",
        ),
        (
            |s| {
                s.create("other.t", |t| {
                    t.id();
                    t.temporary();
                })
            },
            "a temporary table lives in a schema of its own, which goes with the connection; write its name without a \
             schema",
        ),
        (
            |s| s.table("t", |t| t.temporary()),
            "a table that is there can not become temporary; create a temporary table, and fill it from this one",
        ),
        (
            |s| create(s, |t| t.collation("C")),
            "`table collation`: a table has no collation of its own; say `collation(…)` of each column, or when the \
             database is created",
        ),
    ];
    for (body, expected) in cases {
        let found = refused("", body);
        assert!(found.ends_with(expected), "{found}");
    }
}

fn create(s: &mut Schema, with: fn(&mut crate::dsl::Blueprint)) {
    s.create("t", |t| {
        t.id();
        with(t);
    });
}

#[test]
fn how_options_are_written() {
    let written = sql(|s| {
        s.create("t", |t| {
            t.integer("a");
            t.unlogged();
            t.option("fillfactor", "70");
            t.option("toast.autovacuum_enabled", "off");
            t.option("tablespace", "Fast \"one");
        });
        s.table("t", |t| {
            t.option("fillfactor", "90");
            t.option("tablespace", "slow");
        });
    });
    let expected = r#"CREATE UNLOGGED TABLE "t" (
    "a" integer NOT NULL
) WITH ("fillfactor" = '70', "toast"."autovacuum_enabled" = 'off') TABLESPACE "Fast ""one";
ALTER TABLE "t" SET ("fillfactor" = '90'), SET TABLESPACE "slow";
"#;
    assert_eq!(written, expected);
}

#[test]
fn an_option_that_a_view_does_not_have_is_refused() {
    fn security(s: &mut Schema) {
        s.create_view("v", "SELECT 1 AS n").option("security", "invoker");
    }
    assert!(sql_on("150000", security).contains("WITH (\"security_invoker\" = 'true')"));
    assert!(refused("140000", security).contains("from PostgreSQL 15 on"));
    let definer = sql_on("140000", |s| {
        s.create_view("v", "SELECT 1 AS n").option("security", "DEFINER");
    });
    assert!(!definer.contains("WITH"), "{definer}");
    for (body, expected) in [
        (
            (|s| {
                s.create_view("v", "SELECT 1 AS n").option("algorithm", "MERGE");
            }) as Body,
            "a view has no option `algorithm` that could be `MERGE`",
        ),
        (
            |s| {
                s.create_view("v", "SELECT 1 AS n").option("security_barrier", "perhaps");
            },
            "a view has no option `security_barrier` that could be `perhaps`",
        ),
        (
            |s| {
                s.create_view("v", "SELECT 1 AS n").option("check_option", "local");
            },
            "use `check_option(…)`",
        ),
    ] {
        let refusal = refused("150000", body);
        assert!(refusal.contains(expected), "{refusal}");
    }
}
