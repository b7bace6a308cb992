//! Conditions and work in parts, on every database.

use std::sync::atomic::{AtomicUsize, Ordering};

use crate::{
    Error, RollbackRequest, UpgradeRequest,
    dsl::Schema,
    exec::RunError,
    graph::testing::bodies,
    migration::{Catalog, TransactionMode},
    testing::{Engine, TestDatabase},
};

type Up = fn(&mut Schema);

async fn count(database: &TestDatabase, sql: &str) -> i64 {
    let mut db = database.connect().await.unwrap();
    db.fetch_one(sql, &[]).await.unwrap().unwrap().integer("n").unwrap()
}

async fn has(database: &TestDatabase, table: &str, column: &str) -> bool {
    database.connect().await.unwrap().has_column(table, column).await.unwrap()
}

const CONDITIONAL: Up = |schema| {
    schema.create("a", |table| {
        table.id();
    });
    schema
        .when_has_table("a", |schema| {
            schema.table("a", |table| {
                table.string("seen").nullable();
            })
        })
        .otherwise(|schema| schema.drop("nowhere"));
    schema.when_missing_column("a", "seen", |schema| schema.drop("nowhere"));
    schema.when_missing_table("b", |schema| {
        schema.create("b", |table| {
            table.id();
        });
        schema.run("a row", async |db| {
            db.execute("INSERT INTO a (seen) VALUES ('one')", &[]).await?;
            Ok(())
        });
        // Behind code nothing can be foreseen: this one is decided when its turn comes.
        schema.when_has_column("a", "seen", |schema| {
            schema.table("b", |table| {
                table.string("late").nullable();
            });
        });
    });
    for family in ["sqlite", "postgres", "mysql"] {
        schema.when_database(family, |schema| {
            schema.table("b", |table| {
                table.string(&format!("only_{family}")).nullable();
            });
        });
    }
};

#[tokio::test]
async fn a_condition_is_decided_when_its_turn_comes() {
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        let migrator = database.migrator(bodies(&[CONDITIONAL])).unwrap();
        migrator.migrate(&UpgradeRequest::default()).await.unwrap();
        assert!(has(&database, "a", "seen").await && has(&database, "b", "late").await, "{engine:?}");
        let own = database.connect().await.unwrap().family();
        for family in ["sqlite", "postgres", "mysql"] {
            assert_eq!(has(&database, "b", &format!("only_{family}")).await, family == own, "{engine:?}");
        }
        assert_eq!(count(&database, "SELECT count(*) AS n FROM a").await, 1);
        assert_eq!(count(&database, "SELECT count(*) AS n FROM arvel_migration_steps").await, 0);
    }
}

#[tokio::test]
async fn a_run_that_goes_on_takes_the_side_that_it_took() {
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        let broken: Up = |schema| {
            schema.when_missing_table("a", |schema| {
                schema.create("a", |table| {
                    table.id();
                });
                schema.drop("nowhere");
                schema.create("b", |table| {
                    table.id();
                });
            });
        };
        let mended: Up = |schema| {
            schema.when_missing_table("a", |schema| {
                schema.create("a", |table| {
                    table.id();
                });
                schema.drop_if_exists("nowhere");
                schema.create("b", |table| {
                    table.id();
                });
            });
        };
        database.migrator(bodies(&[broken])).unwrap().migrate(&UpgradeRequest::default()).await.unwrap_err();
        // On MariaDB table `a` is there now; the answer that counts is the one that was kept.
        let migrator = database.migrator(bodies(&[mended])).unwrap();
        migrator.migrate(&UpgradeRequest::default()).await.unwrap();
        assert!(has(&database, "b", "id").await, "{engine:?}");
        migrator.rollback(&RollbackRequest::Steps(1)).await.unwrap();
        assert!(!has(&database, "b", "id").await && !has(&database, "a", "id").await, "{engine:?}");
    }
}

static PARTS: AtomicUsize = AtomicUsize::new(0);

const ROWS: Up = |schema| {
    schema.create("numbers", |table| {
        table.id();
        table.integer("done").default(0);
    });
    schema.run("rows", async |db| {
        let values: Vec<String> = (1..=25).map(|id| format!("({}, 0)", id * 10)).collect();
        db.execute(&format!("INSERT INTO numbers (id, done) VALUES {}", values.join(", ")), &[]).await?;
        Ok(())
    });
};

const IN_PARTS: Up = |schema| {
    schema.batched("count them", "numbers", "id", 10, async |db, batch| {
        // The second part fails once, behind its statement: what it did is rolled back.
        db.execute(&format!("UPDATE numbers SET done = done + 1 WHERE {batch}"), &[]).await?;
        if PARTS.fetch_add(1, Ordering::SeqCst) % 4 == 1 {
            return Err("stopped".into());
        }
        Ok(())
    });
    schema.table("numbers", |table| {
        table.string("after").nullable();
    });
};

#[tokio::test]
async fn work_in_parts_goes_on_where_it_stopped_and_does_each_row_once() {
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        PARTS.store(0, Ordering::SeqCst);
        let migrator = database.migrator(bodies(&[ROWS, IN_PARTS])).unwrap();
        let error = migrator.migrate(&UpgradeRequest::default()).await.unwrap_err();
        let Error::Run(RunError::Failed(failure)) = &error else { panic!("{engine:?}: {error:?}") };
        assert_eq!(failure.code.as_deref(), Some("count them"));
        assert_eq!(
            count(&database, "SELECT count(*) AS n FROM numbers WHERE done = 1").await,
            10,
            "{engine:?}"
        );
        assert!(!has(&database, "numbers", "after").await);
        migrator.migrate(&UpgradeRequest::default()).await.unwrap();
        assert_eq!(
            count(&database, "SELECT count(*) AS n FROM numbers WHERE done = 1").await,
            25,
            "{engine:?}"
        );
        // Two parts of the first run, two of the second: the first part was not done again.
        assert_eq!(PARTS.load(Ordering::SeqCst), 4, "{engine:?}");
        assert!(has(&database, "numbers", "after").await);
        assert_eq!(
            count(&database, "SELECT count(*) AS n FROM arvel_migration_steps").await,
            0,
            "{engine:?}"
        );
    }
}

#[test]
fn what_can_not_be_recorded_is_told() {
    let recorded = Schema::record(|schema| {
        schema.batched("nothing", "", "id", 0, async |_, _| Ok(()));
        schema.when_database("oracle", |_| {});
    });
    let told: Vec<String> = recorded.errors.iter().map(ToString::to_string).collect();
    assert_eq!(
        told,
        [
            "table ``: table without a name",
            "`batched(\"nothing\", …)` asks for parts of 0 rows",
            "`oracle` names no family of databases; there are sqlite, postgres, mysql",
        ]
    );
}

const FAMILY: Up = |schema| {
    schema.create("parents", |table| {
        table.id();
        table.string("name").nullable();
    });
    schema.create("children", |table| {
        table.id();
        table.foreign_id("parent_id").constrained("parents").cascade_on_delete();
    });
    schema.sql("INSERT INTO parents (name) VALUES ('a'), ('b')");
    schema.sql("INSERT INTO children (parent_id) VALUES (1), (2), (2)");
};

const CHANGED: Up = |schema| {
    schema.table("parents", |table| {
        table.string("name").default("x").change();
    });
};

const CHANGED_BESIDE_PARTS: Up = |schema| {
    schema.batched("look", "parents", "id", 1, async |_, _| Ok(()));
    CHANGED(schema);
};

/// A rebuild sent statement by statement would drop the old table with its keys enforced, and the child rows with it.
#[tokio::test]
async fn a_rebuild_keeps_child_rows_also_where_no_transaction_holds_the_migration() {
    for (change, whole) in [(CHANGED, false), (CHANGED_BESIDE_PARTS, true)] {
        for engine in Engine::ALL {
            let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
            let recorded = bodies(&[FAMILY, change]).into_migrations();
            let mut migrations: Vec<_> = recorded.iter().map(|migration| (**migration).clone()).collect();
            if !whole {
                let change = &mut migrations[1];
                (change.up_transaction, change.down_transaction) =
                    (TransactionMode::None, TransactionMode::None);
            }
            let migrator = database.migrator(Catalog::new(migrations).unwrap()).unwrap();
            migrator.migrate(&UpgradeRequest::default()).await.unwrap();
            assert_eq!(count(&database, "SELECT count(*) AS n FROM children").await, 3, "{engine:?}");
            if !whole {
                migrator.rollback(&RollbackRequest::Steps(1)).await.unwrap();
                assert_eq!(count(&database, "SELECT count(*) AS n FROM children").await, 3, "{engine:?}");
            }
            assert_eq!(count(&database, "SELECT count(*) AS n FROM arvel_migration_steps").await, 0);
            if engine == Engine::SQLITE {
                let mut db = database.connect().await.unwrap();
                db.execute("DELETE FROM parents WHERE id = 2", &[]).await.unwrap();
                assert_eq!(count(&database, "SELECT count(*) AS n FROM children").await, 1);
            }
        }
    }
}
