//! What was dropped comes back as it was, on every database, by another process.

use crate::{
    Error, RollbackRequest, UpgradeRequest,
    dsl::Schema,
    exec::RunError,
    graph::testing::bodies as catalog,
    operation::TableName,
    plan::PlanError,
    schema::{Table, Wanted},
    testing::{Engine, TestDatabase},
};

type Up = fn(&mut Schema);

const BASE: Up = |schema| {
    schema.create("users", |table| {
        table.id();
        table.string("name");
    });
    schema.create("posts", |table| {
        table.id();
        table.foreign_id("user_id").constrained("users").cascade_on_delete();
        table.string("title").default("it's").unique();
        table.text("body").nullable();
        table.decimal("price", 8, 2).default(1.5);
        table.boolean("live").default(false);
        table.enumeration("status", &["draft", "live"]).default("draft");
        table.timestamps();
        table.index(["user_id", "created_at"]);
        table.check("posts_price_positive", "price > 0");
    });
};

async fn table(database: &TestDatabase, name: &str) -> Option<Table> {
    let mut db = database.connect().await.unwrap();
    let dialect = db.dialect().clone();
    let wanted = Wanted::table(TableName::from(name));
    let mut schema = dialect.inspect(db.connection(), Some(&wanted)).await.unwrap();
    schema.tables.remove(&TableName::from(name))
}

/// The table with its columns in one order: a server puts what comes back at the end.
fn sorted(table: Option<Table>) -> Option<Table> {
    let mut table = table?;
    table.columns.sort_by(|a, b| a.name.cmp(&b.name));
    table.sql = None;
    for index in &mut table.indexes {
        // A packet leaves its line break in SQLite's text.
        index.sql = index.sql.take().map(|sql| sql.trim_end().to_owned());
    }
    Some(table)
}

#[tokio::test]
async fn a_dropped_table_comes_back_with_everything_it_had() {
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        let ups: [Up; 2] = [BASE, |schema| schema.drop("posts")];
        let first = database.migrator(catalog(&ups[..1])).unwrap();
        first.migrate(&UpgradeRequest::default()).await.unwrap();
        let before = table(&database, "posts").await.unwrap();
        database.migrator(catalog(&ups)).unwrap().migrate(&UpgradeRequest::default()).await.unwrap();
        assert_eq!(table(&database, "posts").await, None);
        // Another process, which knows the database and its own program.
        let second = database.migrator(catalog(&ups)).unwrap();
        second.rollback(&RollbackRequest::Steps(1)).await.unwrap();
        assert_eq!(table(&database, "posts").await.unwrap(), before, "{engine:?}");
        second.rollback(&RollbackRequest::All).await.unwrap();
        assert_eq!(table(&database, "users").await, None);
    }
}

#[tokio::test]
async fn each_change_leads_back() {
    let changes: [(&str, Up); 9] = [
        ("drop a column", |schema| schema.table("posts", |table| table.drop_column("body"))),
        ("change a column", |schema| {
            schema.table("posts", |table| {
                table.string_of("title", 80).nullable().default("other").change();
            })
        }),
        ("drop an index", |schema| {
            schema.table("posts", |table| {
                table.drop_unique("title");
            })
        }),
        ("drop a foreign key", |schema| schema.table("posts", |table| table.drop_foreign("user_id"))),
        ("drop a check", |schema| schema.table("posts", |table| table.drop_check("posts_price_positive"))),
        ("several", |schema| {
            schema.table("posts", |table| {
                table.rename_column("body", "text");
                table.drop_column("text");
                table.string("subtitle").nullable();
                table.boolean("live").default(true).change();
            })
        }),
        ("one after the other", |schema| {
            schema.rename("posts", "articles");
            schema.table("articles", |table| table.drop_column("body"));
        }),
        ("what is there already", |schema| {
            schema.create_if_not_exists("posts", |table| {
                table.id();
            })
        }),
        ("what is not there", |schema| schema.drop_if_exists("nowhere")),
    ];
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        database.migrator(catalog(&[BASE])).unwrap().migrate(&UpgradeRequest::default()).await.unwrap();
        let mut db = database.connect().await.unwrap();
        db.execute("INSERT INTO users (name) VALUES ('a')", &[]).await.unwrap();
        let before = sorted(table(&database, "posts").await);
        for (what, up) in changes {
            let ups = [BASE, up];
            let migrator = database.migrator(catalog(&ups)).unwrap();
            migrator
                .migrate(&UpgradeRequest::default())
                .await
                .unwrap_or_else(|e| panic!("{engine:?}, {what}: {e}"));
            let back = migrator.rollback(&RollbackRequest::Steps(1)).await;
            back.unwrap_or_else(|error| panic!("{engine:?}, {what}: {error}"));
            let (after, before) = (sorted(table(&database, "posts").await), before.clone());
            assert!(after == before, "{engine:?}, {what}:\n{:#?}\n{:#?}", after, before);
        }
    }
}

#[tokio::test]
async fn a_check_about_a_column_alone_goes_and_comes_with_it() {
    let ups: [Up; 3] = [
        |schema| {
            schema.create("goods", |table| {
                table.id();
                table.decimal("price", 8, 2).default(1).check("price >= 0");
                table.integer("pieces").default(0);
                table.check("few", "pieces < 10");
            });
        },
        |schema| schema.rename("goods", "wares"),
        |schema| schema.drop_columns("wares", ["price"]),
    ];
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        database.migrator(catalog(&ups[..2])).unwrap().migrate(&UpgradeRequest::default()).await.unwrap();
        let before = sorted(table(&database, "wares").await);
        let migrator = database.migrator(catalog(&ups)).unwrap();
        migrator.migrate(&UpgradeRequest::default()).await.unwrap();
        let without = table(&database, "wares").await.unwrap();
        assert_eq!(without.checks.len(), 1, "{engine:?}: {:?}", without.checks);
        migrator.rollback(&RollbackRequest::Steps(1)).await.unwrap();
        let after = sorted(table(&database, "wares").await);
        assert!(after == before, "{engine:?}:\n{after:#?}\n{before:#?}");
    }
}

#[tokio::test]
async fn what_holds_a_type_comes_back_under_its_own_name_after_renames() {
    const HELD: Up = |schema| {
        schema.create("docs", |table| {
            table.id();
            table.enumeration("status", &["draft", "live"]).default("draft");
            table.binary_of("hash", 16).nullable();
            table.string("title");
        });
    };
    let renames: [Up; 3] = [
        |schema| schema.rename("docs", "papers"),
        |schema| {
            schema.table("docs", |table| {
                table.rename_column("status", "state");
                table.rename_column("hash", "digest");
            });
            schema.rename("docs", "papers");
        },
        |schema| {
            schema.rename("docs", "papers");
            schema.table("papers", |table| {
                table.rename_column("status", "state");
                table.rename_column("hash", "digest");
            });
        },
    ];
    let drops: [(&str, Up); 4] = [
        ("table", |schema| schema.drop("papers")),
        ("renamed columns", |schema| {
            schema.when_has_column("papers", "state", |schema| {
                schema.drop_columns("papers", ["state", "digest"]);
            });
        }),
        ("values", |schema| {
            schema.when_has_column("papers", "state", |schema| {
                schema.table("papers", |table| {
                    table.enumeration("state", &["draft", "live", "gone"]).change();
                });
            });
        }),
        ("columns", |schema| {
            schema.when_has_column("papers", "status", |schema| {
                schema.drop_columns("papers", ["status", "hash"]);
            });
        }),
    ];
    for engine in Engine::ALL {
        for (number, rename) in renames.iter().enumerate() {
            for (what, drop) in &drops {
                let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
                let ups: [Up; 3] = [HELD, *rename, *drop];
                let first = database.migrator(catalog(&ups[..2])).unwrap();
                database
                    .migrator(catalog(&ups[..1]))
                    .unwrap()
                    .migrate(&UpgradeRequest::default())
                    .await
                    .unwrap();
                let made = sorted(table(&database, "docs").await);
                first.migrate(&UpgradeRequest::default()).await.unwrap();
                let before = sorted(table(&database, "papers").await);
                let migrator = database.migrator(catalog(&ups)).unwrap();
                migrator.migrate(&UpgradeRequest::default()).await.unwrap();
                migrator.rollback(&RollbackRequest::Steps(1)).await.unwrap();
                let after = sorted(table(&database, "papers").await);
                assert!(after == before, "{engine:?}, {number}, {what}:\n{after:#?}\n{before:#?}");
                // And all the way.
                migrator.rollback(&RollbackRequest::Steps(1)).await.unwrap();
                let after = sorted(table(&database, "docs").await);
                assert!(after == made, "{engine:?}, {number}, {what}:\n{after:#?}\n{made:#?}");
                first.migrate(&UpgradeRequest::default()).await.unwrap();
                let again = sorted(table(&database, "papers").await);
                assert!(again == before, "{engine:?}, {number}, {what}:\n{again:#?}\n{before:#?}");
            }
        }
    }
}

#[tokio::test]
async fn a_rename_and_a_change_beside_views_and_triggers_are_undone() {
    const BESIDE: Up = |schema| {
        BASE(schema);
        schema.create_view("titles", "SELECT id, title FROM posts");
        schema.when_database("sqlite", |schema| {
            schema.create_trigger(
                "noted",
                "posts",
                "CREATE TRIGGER noted AFTER UPDATE ON posts BEGIN UPDATE users SET name = new.title; END",
            );
        });
    };
    let ups: [Up; 2] = [BESIDE, |schema| {
        schema.rename("posts", "articles");
        schema.table("articles", |table| table.rename_column("title", "headline"));
        schema.table("articles", |table| {
            table.text("body").default("none").not_null().change();
        });
    }];
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        let first = database.migrator(catalog(&ups[..1])).unwrap();
        first.migrate(&UpgradeRequest::default()).await.unwrap();
        let mut db = database.connect().await.unwrap();
        let dialect = db.dialect().clone();
        let mut before = dialect.inspect(db.connection(), None).await.unwrap();
        let migrator = database.migrator(catalog(&ups)).unwrap();
        let plan = migrator.plan_migrate(&UpgradeRequest::default()).await.unwrap();
        assert_eq!(migrator.dry_run(&plan).await.unwrap().steps[0].irreversible, None, "{engine:?}");
        let report = migrator.migrate(&UpgradeRequest::default()).await.unwrap();
        assert_eq!(report.steps[0].irreversible, None, "{engine:?}");
        migrator.rollback(&RollbackRequest::Steps(1)).await.unwrap();
        let mut after = dialect.inspect(db.connection(), None).await.unwrap();
        // SQLite writes a name in quotes where it renames it.
        for schema in [&mut before, &mut after] {
            let bare = |text: &mut String| *text = text.replace('"', "");
            for table in schema.tables.values_mut() {
                table.triggers.iter_mut().chain(&mut table.views).for_each(|(_, text)| bare(text));
                table.sql.iter_mut().for_each(bare);
                table.columns.iter_mut().flat_map(|column| &mut column.extra).for_each(bare);
                table.indexes.iter_mut().flat_map(|index| &mut index.sql).for_each(bare);
                table.checks.iter_mut().for_each(|check| bare(&mut check.expression));
            }
            schema.forget_texts();
        }
        assert_eq!(after, before, "{engine:?}");
    }
}

#[tokio::test]
async fn a_way_back_that_is_not_found_is_told_beforehand() {
    let ups: [Up; 2] = [
        |schema| {
            BASE(schema);
            schema.create_view("titles", "SELECT id, title FROM posts");
        },
        |schema| {
            schema.table("posts", |table| table.rename_column("title", "headline"));
            schema.drop_view("titles");
        },
    ];
    let database = TestDatabase::create(Engine::SQLITE).await.unwrap().unwrap();
    database.migrator(catalog(&ups[..1])).unwrap().migrate(&UpgradeRequest::default()).await.unwrap();
    let migrator = database.migrator(catalog(&ups)).unwrap();
    let plan = migrator.plan_migrate(&UpgradeRequest::default()).await.unwrap();
    let told = migrator.dry_run(&plan).await.unwrap().steps[0].irreversible.clone().unwrap();
    assert!(told.contains("a rename before it in the same migration changes it"), "{told}");
    let report = migrator.migrate(&UpgradeRequest::default()).await.unwrap();
    assert_eq!(report.steps[0].irreversible.as_ref(), Some(&told));
    let error = migrator.rollback(&RollbackRequest::Steps(1)).await.unwrap_err();
    assert_eq!(error.code(), "plan.irreversible");
}

#[tokio::test]
async fn a_value_that_is_gone_is_not_made_up() {
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        let ups: [Up; 2] = [BASE, |schema| schema.table("users", |table| table.drop_column("name"))];
        let migrator = database.migrator(catalog(&ups)).unwrap();
        migrator.migrate(&UpgradeRequest::default()).await.unwrap();
        let mut db = database.connect().await.unwrap();
        db.execute("INSERT INTO users (id) VALUES (1)", &[]).await.unwrap();
        let error = migrator.rollback(&RollbackRequest::Steps(1)).await.unwrap_err();
        assert!(matches!(&error, Error::Run(RunError::LostValues { .. })), "{engine:?}: {error:?}");
        assert_eq!(
            error.to_string(),
            "`2_m1` can not be undone: column `name` of `users` was NOT NULL without a default, its values went when \
             it was dropped, and the table has rows; nothing has run"
        );
        assert!(table(&database, "users").await.unwrap().column("name").is_none());
        db.execute("DELETE FROM users", &[]).await.unwrap();
        migrator.rollback(&RollbackRequest::Steps(1)).await.unwrap();
        assert!(!table(&database, "users").await.unwrap().column("name").unwrap().nullable);
    }
}

#[tokio::test]
async fn a_stamped_drop_is_undone_by_what_its_ancestors_record() {
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        let ups: [Up; 2] = [BASE, |schema| schema.drop("posts")];
        let migrator = database.migrator(catalog(&ups)).unwrap();
        migrator.migrate(&UpgradeRequest::default()).await.unwrap();
        let mut db = database.connect().await.unwrap();
        let quote = if engine == Engine::MYSQL { '`' } else { '"' };
        let stamp = format!("UPDATE arvel_migrations SET stamped = 1, {quote}undo{quote} = NULL");
        db.execute(&stamp, &[]).await.unwrap();
        migrator.rollback(&RollbackRequest::Steps(1)).await.unwrap();
        let posts = table(&database, "posts").await.unwrap();
        assert_eq!(
            (posts.columns.len(), posts.indexes.len(), posts.foreign_keys.len()),
            (9, 2, 1),
            "{engine:?}"
        );
        // With SQL as written below it, nobody knows what was there.
        let unknown: [Up; 2] = [|schema| schema.sql("SELECT 1"), |schema| schema.drop("posts")];
        let migrator = database.migrator(catalog(&unknown)).unwrap();
        db.execute("DELETE FROM arvel_migrations", &[]).await.unwrap();
        migrator.migrate(&UpgradeRequest::default()).await.unwrap();
        db.execute(&stamp, &[]).await.unwrap();
        let error = migrator.rollback(&RollbackRequest::Steps(1)).await.unwrap_err();
        assert!(matches!(&error, Error::Run(RunError::Plan(PlanError::Irreversible { .. }))), "{error:?}");
    }
}

#[tokio::test]
async fn a_way_back_outlives_a_run_that_stopped_halfway() {
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        let broken: [Up; 2] = [BASE, |schema| {
            schema.drop("posts");
            schema.drop("nowhere");
        }];
        let mended: [Up; 2] = [BASE, |schema| {
            schema.drop("posts");
            schema.drop_if_exists("nowhere");
        }];
        database.migrator(catalog(&broken[..1])).unwrap().migrate(&UpgradeRequest::default()).await.unwrap();
        let before = table(&database, "posts").await;
        database.migrator(catalog(&broken)).unwrap().migrate(&UpgradeRequest::default()).await.unwrap_err();
        let migrator = database.migrator(catalog(&mended)).unwrap();
        migrator.migrate(&UpgradeRequest::default()).await.unwrap();
        assert_eq!(table(&database, "posts").await, None);
        migrator.rollback(&RollbackRequest::Steps(1)).await.unwrap();
        assert_eq!(table(&database, "posts").await, before, "{engine:?}");
    }
}

#[tokio::test]
async fn a_kept_way_back_that_can_not_be_read_is_an_error_and_nothing_runs() {
    let database = TestDatabase::create(Engine::SQLITE).await.unwrap().unwrap();
    let ups: [Up; 2] = [BASE, |schema| schema.drop("posts")];
    let migrator = database.migrator(catalog(&ups)).unwrap();
    migrator.migrate(&UpgradeRequest::default()).await.unwrap();
    let mut db = database.connect().await.unwrap();
    let newer = "UPDATE arvel_migrations SET undo = '{\"version\":9}' WHERE undo IS NOT NULL";
    assert_eq!(db.execute(newer, &[]).await.unwrap(), 1);
    let error = migrator.rollback(&RollbackRequest::Steps(1)).await.unwrap_err();
    assert!(matches!(&error, Error::Run(RunError::Plan(PlanError::UnreadableUndo { .. }))), "{error:?}");
    assert!(error.to_string().contains("stored in form 9, and this program reads form 1"), "{error}");
}

#[test]
fn what_can_not_be_seen_says_so_beforehand() {
    use super::{WayBack, way_back};
    let of = |up: Up| way_back(&Schema::record(up).operations, "sqlite");
    assert_eq!(of(BASE), WayBack::Known);
    assert_eq!(of(|schema| schema.drop("a")), WayBack::Seen);
    let sql = of(|schema| {
        schema.drop("a");
        schema.sql("SELECT 1");
    });
    assert!(matches!(sql, WayBack::Missing(cause) if cause.to_string().contains("SQL as written")));
    // What is for another database, or empty for this one, is no reason.
    let elsewhere = of(|schema| {
        schema.when_database("mysql", |schema| schema.sql("SELECT 1"));
        schema.sql_for("mysql", "SELECT 1");
        schema.sql_for("sqlite", "");
        schema.rename("a", "b");
    });
    assert_eq!(elsewhere, WayBack::Known);
}

#[tokio::test]
async fn what_can_not_be_undone_on_another_database_does_not_count_here() {
    let ups: [Up; 2] = [BASE, |schema| {
        schema.when_database("postgres", |schema| schema.sql("SELECT 1"));
        schema.when_database("mysql", |schema| schema.sql("SELECT 1"));
        schema.drop("posts");
    }];
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        let migrator = database.migrator(catalog(&ups)).unwrap();
        // What is said beforehand is what comes.
        let plan = migrator.plan_migrate(&UpgradeRequest::default()).await.unwrap();
        let told = migrator.dry_run(&plan).await.unwrap().steps[1].irreversible.is_none();
        assert_eq!(told, engine == Engine::SQLITE, "{engine:?}");
        let last = &migrator.graph().order()[1];
        let shown = migrator.recorded(last).unwrap().unwrap().irreversible();
        assert_eq!(shown.is_none(), told, "{engine:?}: {shown:?}");
        migrator.migrate(&UpgradeRequest::default()).await.unwrap();
        let way = migrator.rollback(&RollbackRequest::Steps(1)).await;
        assert_eq!(way.is_ok(), told, "{engine:?}");
        assert_eq!(table(&database, "posts").await.is_some(), engine == Engine::SQLITE, "{engine:?}");
    }
}
