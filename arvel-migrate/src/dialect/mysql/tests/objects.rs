//! Sequences, routines, triggers and partitions as text, and what of them is refused before a server is asked.

use super::{refusal, sql};
use crate::{
    dialect::{CompileError, Dialect, Support},
    dsl::Schema,
    operation::Feature,
};

use super::super::{MySql, driver};

type Body = fn(&mut Schema);

const MARIADB: &str = "10.11.6-MariaDB";
const MYSQL: &str = "8.0.36";

#[test]
fn every_feature_has_an_answer_of_its_own() {
    for version in [MARIADB, "12.0.2-MariaDB", MYSQL, "9.4.0"] {
        let dialect = MySql::new(driver::capability(version));
        for feature in Feature::ALL.iter().flat_map(|(_, features)| *features) {
            if let Support::No { reason, .. } = dialect.support(*feature) {
                assert_ne!(reason, "there is nothing like it", "{} of {version}", feature.word());
            }
        }
    }
}

#[test]
fn sequences_have_types_since_mariadb_11_5() {
    let body = |s: &mut Schema| {
        s.create_sequence("q", |q| {
            q.of_type("integer").increment(-1);
        });
    };
    assert_eq!(sql("11.5.2-MariaDB", body), "CREATE SEQUENCE `q` AS int INCREMENT BY -1;\n");
}

#[test]
fn a_column_is_dropped_behind_sql_as_written() {
    let dialect = MySql::new(driver::capability(MARIADB));
    let mut schema = crate::schema::DatabaseSchema::default();
    let recorded = Schema::record(|s| {
        s.create("t", |t| {
            t.integer("a");
        });
        s.table("t", |t| t.drop_column("b"));
    });
    assert!(dialect.fold(&recorded.operations[0], &mut schema));
    let known = dialect.compile(&recorded.operations[1], &schema).unwrap_err();
    assert!(matches!(known, CompileError::Missing { .. }), "{known}");
    assert!(dialect.compile(&recorded.operations[1], &schema.outlines()).is_ok());
}

#[test]
fn what_a_server_would_refuse_is_refused_before() {
    let refused: &[(&str, Body, &str)] = &[
        (
            MARIADB,
            |s| {
                s.create_sequence("q", |q| {
                    q.owned_by("t", "a");
                })
            },
            "a sequence goes with no column",
        ),
        (
            MARIADB,
            |s| {
                s.create_sequence("q", |q| {
                    q.of_type("int");
                })
            },
            "all sequences are of `bigint` before MariaDB 11.5",
        ),
        (
            "11.5.2-MariaDB",
            |s| {
                s.create_sequence("q", |q| {
                    q.of_type("text");
                })
            },
            "a sequence can not be of type `text`",
        ),
        (
            MARIADB,
            |s| {
                s.create_sequence("q", |q| {
                    q.maximum(i64::MAX);
                })
            },
            "counts from -9223372036854775807 to 9223372036854775806",
        ),
        (
            MARIADB,
            |s| {
                s.create_sequence("q", |q| {
                    q.start(0);
                })
            },
            "from 1 to 9223372036854775806 and begin with 0",
        ),
        (
            MARIADB,
            |s| {
                s.create_sequence("q", |q| {
                    q.cache(i64::MAX);
                })
            },
            "do not fit into a number",
        ),
        (MYSQL, |s| s.create_sequence("q", |_| {}), "none in MySQL"),
        (
            MARIADB,
            |s| s.create_function("f", "", "CREATE FUNCTION IF NOT EXISTS f() RETURNS int RETURN 1"),
            "has no way back",
        ),
        (
            MYSQL,
            |s| s.create_function("f", "", "CREATE OR REPLACE FUNCTION f() RETURNS int RETURN 1"),
            "there is no `OR REPLACE`",
        ),
        (
            MARIADB,
            |s| s.create_function("f", "", "CREATE FUNCTION g() RETURNS int RETURN f()"),
            "its text makes `g`",
        ),
        (
            MARIADB,
            |s| s.create_function("f", "", "CREATE FUNCTION f RETURNS integer SONAME 'f.so'"),
            "of a library",
        ),
        (
            MARIADB,
            |s| s.create_procedure("f", "", "SELECT 'CREATE PROCEDURE f'"),
            "does not begin with `CREATE PROCEDURE`",
        ),
        (
            MARIADB,
            |s| s.create_trigger("g", "t", "CREATE TRIGGER g BEFORE ALTER"),
            "its text is not `CREATE TRIGGER name",
        ),
        (
            MARIADB,
            |s| {
                s.create_trigger(
                    "g",
                    "t",
                    "CREATE TRIGGER g BEFORE INSERT ON t FOR EACH ROW SET NEW.a = 1; SELECT 1",
                )
            },
            "it must be one",
        ),
    ];
    for (version, body, expected) in refused {
        let error = refusal(version, *body).to_string();
        assert!(error.contains(expected), "{error}");
    }
}

/// A table in parts, and what comes next.
fn split(s: &mut Schema) {
    s.create("t", |t| {
        t.integer("a");
        t.integer("b");
        let by = t.partition_by_range("a").partition("low", "VALUES LESS THAN (10)");
        by.partition("high", "VALUES LESS THAN (20)");
    });
}

#[test]
fn partitions_that_do_not_fit_are_refused() {
    macro_rules! after {
        (|$schema:ident| $next:expr) => {
            |$schema: &mut Schema| {
                split($schema);
                $next;
            }
        };
    }
    let refused: &[(Body, &str)] = &[
        (after!(|s| s.create_partition("t", "p", "VALUES LESS THAN (15)")), "would stand before `high`"),
        (after!(|s| s.create_partition("t", "p", "VALUES IN (15)")), "has no upper bound"),
        (
            after!(|s| s.create_partition("t", "LOW", "VALUES LESS THAN (30)")),
            "table `t` has a partition `LOW` already",
        ),
        (after!(|s| s.drop_partition("t", "p")), "has no partition `p`"),
        (
            after!(|s| s.table("t", |t| {
                t.unique("b");
            })),
            "split by `a`, which is not part of unique key",
        ),
        (
            after!(|s| s.table("t", |t| {
                t.primary("b");
            })),
            "split by `a`, which is not part of the primary key",
        ),
        (after!(|s| s.table("t", |t| t.drop_column("a"))), "the rows of the table are split by `a`"),
        (
            after!(|s| s.table("t", |t| t.attach_partition("p", "VALUES LESS THAN (5)"))),
            "would stand before `high`",
        ),
        (
            |s| {
                s.create("t", |t| {
                    t.integer("a");
                    let by = t.partition_by_range("a").partition("high", "VALUES LESS THAN (20)");
                    by.partition("low", "VALUES LESS THAN (10)");
                })
            },
            "does not end behind `high`",
        ),
        (
            |s| {
                s.create("t", |t| {
                    t.integer("a");
                    t.partition_by_hash("a").partition("p0", "").partition("p1", "");
                });
                s.drop_partition("t", "p0");
            },
            "only the last can be taken away",
        ),
        (
            |s| {
                s.create("t", |t| {
                    t.integer("a");
                    t.partition_by_hash("a");
                });
                s.drop_partition("t", "p0");
            },
            "is the only partition of `t`",
        ),
        (
            |s| {
                s.create("t", |t| {
                    t.integer("a");
                });
                s.create_partition("t", "p", "VALUES IN (1)");
            },
            "the rows of `t` are not split",
        ),
        (
            |s| {
                s.create("t", |t| {
                    t.integer("a");
                });
                s.table("t", |t| t.attach_partition("p", "VALUES LESS THAN (5)"));
            },
            "the rows of `t` are not split",
        ),
        (
            after!(|s| s.table("t", |t| t.attach_partition("p", "FOR VALUES FROM (30) TO (40)"))),
            "has no upper bound",
        ),
    ];
    for (body, expected) in refused {
        let error = refusal(MARIADB, *body).to_string();
        assert!(error.contains(expected), "{error}");
    }
}
