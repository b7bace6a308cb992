//! `online()` where others use the table meanwhile, and what becomes of a migration that is cut in pieces.

use std::time::Duration;

use arvel_migrate::{
    UpgradeRequest,
    db::Db,
    dsl::{Schema, column},
    exec::{AfterFailure, Leftover, RunOptions},
    history::State,
    migration::{Migration, TransactionMode},
};

use crate::support::{World, failed, migration, on, set};

on! { postgres = POSTGRES:
    writers_go_on_and_bounds_on_waits_are_lifted,
    writers_go_on_while_rows_are_validated,
    a_short_lock_that_is_not_granted_is_tried_again,
    rows_that_collide_stop_the_build_and_nothing_is_left,
    what_was_left_invalid_by_hand_is_built_anew,
    a_valid_index_of_that_name_is_in_the_way,
    the_pieces_stand_for_themselves,
    nothing_is_left_in_the_journal_when_the_first_piece_fails,
    who_wants_one_transaction_is_told,
    the_plan_shows_the_pieces,
    what_would_write_the_table_anew_is_refused,
    what_only_widens_keeps_the_file_of_the_table,
    a_table_of_the_same_migration_needs_no_such_way
}
on! { sqlite = SQLITE: a_table_of_the_same_migration_needs_no_such_way }
on! { mysql = MYSQL: a_table_of_the_same_migration_needs_no_such_way }

fn posts(schema: &mut Schema) {
    schema.create("posts", |table| {
        table.id();
        table.string("slug").nullable();
    });
}

fn with_id(schema: &mut Schema, name: &str) {
    schema.create(name, |table| {
        table.id();
    });
}

fn online(up: fn(&mut Schema)) -> Vec<Migration> {
    vec![migration("1_posts", posts), migration("2_online", up)]
}

/// Waits until a statement that begins like this runs, and answers whether it waits for somebody.
async fn under_way(world: &mut World, beginning: &str) {
    let sql = format!(
        "SELECT 1 FROM pg_stat_activity WHERE query LIKE '{beginning}%' AND state = 'active' \
         AND datname = current_database()"
    );
    for _ in 0..600 {
        if !world.rows(&sql).await.is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    panic!("`{beginning}` does not run")
}

async fn session(world: &World) -> Db {
    world.database.connect().await.expect("a session")
}

async fn writers_go_on_and_bounds_on_waits_are_lifted(mut world: World) {
    world.migrate(&[migration("1_posts", posts)]).await;
    world.execute("CREATE TABLE seen (name text, setting text)").await;
    let name = world.rows("SELECT current_database()").await.remove(0);
    world.execute(&format!("ALTER DATABASE \"{name}\" SET statement_timeout = '700ms'")).await;
    let set_of = online(|schema| {
        schema.table("posts", |table| {
            table.unique("slug").online();
        });
        schema.sql("INSERT INTO seen SELECT name, setting FROM pg_settings WHERE name LIKE '%k_timeout' OR name LIKE 'statement_t%'");
    });
    let mut writer = session(&world).await;
    writer.execute("BEGIN", &[]).await.unwrap();
    writer.execute("INSERT INTO posts (slug) VALUES ('a')", &[]).await.unwrap();
    let options = RunOptions { lock_wait: Duration::from_millis(300), attempts: 1, ..RunOptions::default() };
    let migrator = world.database.builder().catalog(set(&set_of)).options(options).build().unwrap();
    let run = tokio::spawn(async move { migrator.migrate(&UpgradeRequest::default()).await });
    under_way(&mut world, "CREATE UNIQUE INDEX CONCURRENTLY").await;
    world.execute("SET lock_timeout = '200ms'").await;
    for slug in ["b", "c", "d"] {
        tokio::time::sleep(Duration::from_millis(400)).await;
        world.execute(&format!("INSERT INTO posts (slug) VALUES ('{slug}')")).await;
    }
    under_way(&mut world, "CREATE UNIQUE INDEX CONCURRENTLY").await;
    writer.execute("COMMIT", &[]).await.unwrap();
    run.await.unwrap().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(world.count("posts").await, 4);
    world.refuses("INSERT INTO posts (slug) VALUES ('d')").await;
    let seen =
        "SELECT name, setting FROM seen WHERE name IN ('lock_timeout', 'statement_timeout') ORDER BY 1";
    assert_eq!(world.rows(seen).await, ["lock_timeout | 300", "statement_timeout | 700"], "put back");
}

async fn writers_go_on_while_rows_are_validated(mut world: World) {
    world.migrate(&[migration("1_posts", posts)]).await;
    world.execute("INSERT INTO posts (slug) SELECT 'p' FROM generate_series(1, 6)").await;
    let set = online(|schema| {
        schema.table("posts", |table| {
            table.check("slow", "slug IS NOT NULL AND pg_sleep(0.25)::text = ''").online();
        });
    });
    let migrator = world.migrator(&set);
    let run = tokio::spawn(async move { migrator.migrate(&UpgradeRequest::default()).await });
    under_way(&mut world, "ALTER TABLE \"posts\" VALIDATE").await;
    world.execute("SET lock_timeout = '100ms'").await;
    world.execute("INSERT INTO posts (slug) VALUES ('q')").await;
    world.execute("UPDATE posts SET slug = 'r' WHERE id = 1").await;
    under_way(&mut world, "ALTER TABLE \"posts\" VALIDATE").await;
    run.await.unwrap().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(world.rows("SELECT convalidated FROM pg_constraint WHERE conname = 'slow'").await, ["t"]);
}

async fn a_short_lock_that_is_not_granted_is_tried_again(mut world: World) {
    let set_of = online(|schema| {
        with_id(schema, "before");
        schema.table("posts", |table| {
            table.index("id").online();
            table.check("filled", "slug <> ''").online();
        });
    });
    world.migrate(&set_of[..1]).await;
    let options = RunOptions { lock_wait: Duration::from_millis(250), ..RunOptions::default() };
    let migrator = world.database.builder().catalog(set(&set_of)).options(options).build().unwrap();
    // The build goes on beside a reader, the check behind it wants a lock that it has to wait for.
    let mut reader = session(&world).await;
    reader.execute("BEGIN", &[]).await.unwrap();
    reader.execute("SELECT count(*) FROM posts", &[]).await.unwrap();
    let run = tokio::spawn(async move { migrator.migrate(&UpgradeRequest::default()).await });
    under_way(&mut world, "ALTER TABLE \"posts\" ADD CONSTRAINT").await;
    tokio::time::sleep(Duration::from_millis(500)).await;
    reader.execute("COMMIT", &[]).await.unwrap();
    run.await.unwrap().unwrap_or_else(|error| panic!("{error}"));
    assert_eq!(world.rows("SELECT convalidated FROM pg_constraint WHERE conname = 'filled'").await, ["t"]);
    assert_eq!(world.count("arvel_migration_steps").await, 0);
}

fn unique_between(schema: &mut Schema) {
    with_id(schema, "before");
    schema.table("posts", |table| {
        table.unique("slug").online();
    });
    with_id(schema, "behind");
}

const INDEXES: &str = "SELECT i.relname, x.indisvalid FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid \
                       WHERE x.indrelid = 'posts'::regclass AND NOT x.indisprimary ORDER BY 1";

async fn rows_that_collide_stop_the_build_and_nothing_is_left(mut world: World) {
    let set = online(unique_between);
    world.migrate(&set[..1]).await;
    world.execute("INSERT INTO posts (slug) VALUES ('a'), ('a')").await;
    let failure = failed(world.try_migrate(&set).await.unwrap_err());
    assert_eq!(failure.error.code.as_deref(), Some("23505"));
    let what = "invalid index `posts_slug_unique`".to_owned();
    assert_eq!(failure.leftover, Some(Leftover { what, removed: true }));
    let AfterFailure::Committed { statements } = &failure.after else { panic!("{:?}", failure.after) };
    assert!(matches!(&statements[..], [one] if one.starts_with("CREATE TABLE \"before\"")), "{statements:?}");
    assert!(failure.error.detail.as_deref().is_some_and(|text| text.contains("agree in it")), "{failure:?}");
    assert_eq!(world.rows(INDEXES).await, [""; 0]);
    assert_eq!(world.tables().await, ["before", "posts"]);
    let status = world.migrator(&set).status().await.unwrap();
    let states: Vec<State> = status.comparison.states().iter().map(|state| state.state).collect();
    assert_eq!(states, [State::Applied, State::Failed]);
    let edited = online(|schema| {
        with_id(schema, "other");
        unique_between(schema);
    });
    let error = world.try_migrate(&edited).await.unwrap_err();
    assert!(error.to_string().contains("half applied and was edited since: statement 1"), "{error}");

    world.execute("DELETE FROM posts WHERE id = 2").await;
    world.migrate(&set).await;
    assert_eq!(world.rows(INDEXES).await, ["posts_slug_unique | t"]);
    assert_eq!(world.tables().await, ["before", "behind", "posts"]);
    assert_eq!(world.count("arvel_migration_steps").await, 0);
    world.rollback(&set, 1).await;
    assert_eq!(world.rows(INDEXES).await, [""; 0]);
    assert_eq!(world.tables().await, ["posts"]);
    assert_eq!(world.count("arvel_migration_steps").await, 0);
}

async fn what_was_left_invalid_by_hand_is_built_anew(mut world: World) {
    let set = online(unique_between);
    world.migrate(&set[..1]).await;
    world.execute("INSERT INTO posts (slug) VALUES ('a'), ('a')").await;
    world.refuses("CREATE UNIQUE INDEX CONCURRENTLY posts_slug_unique ON posts (slug)").await;
    assert_eq!(world.rows(INDEXES).await, ["posts_slug_unique | f"]);
    world.execute("DELETE FROM posts").await;
    let report = world.migrate(&set).await;
    let statements = &report.steps[0].statements;
    assert_eq!(statements[1], "DROP INDEX CONCURRENTLY \"posts_slug_unique\"", "{statements:?}");
    assert_eq!(world.rows(INDEXES).await, ["posts_slug_unique | t"]);
}

async fn a_valid_index_of_that_name_is_in_the_way(mut world: World) {
    let set = online(unique_between);
    world.migrate(&set[..1]).await;
    world.execute("CREATE INDEX posts_slug_unique ON posts (id)").await;
    let failure = failed(world.try_migrate(&set).await.unwrap_err());
    assert_eq!(failure.error.code.as_deref(), Some("42P07"), "{failure:?}");
    assert_eq!(failure.leftover, None);
    assert_eq!(world.rows(INDEXES).await, ["posts_slug_unique | t"], "nobody drops it");
}

async fn the_pieces_stand_for_themselves(mut world: World) {
    fn up(schema: &mut Schema) {
        unique_between(schema);
        schema.run("count", async |db| {
            db.execute("INSERT INTO behind DEFAULT VALUES", &[]).await?;
            Ok(())
        });
        schema.sql("INSERT INTO absent VALUES (1)");
    }
    let set = online(up);
    let failure = failed(world.try_migrate(&set).await.unwrap_err());
    assert_eq!(failure.statement, "INSERT INTO absent VALUES (1)");
    let AfterFailure::Committed { statements } = &failure.after else { panic!("{:?}", failure.after) };
    let beginnings: Vec<&str> = statements.iter().map(|sql| sql.split(" (").next().unwrap()).collect();
    assert_eq!(
        beginnings,
        ["CREATE TABLE \"before\"", "CREATE UNIQUE INDEX CONCURRENTLY \"posts_slug_unique\" ON \"posts\""],
        "what the last piece did is rolled back"
    );
    assert_eq!(world.tables().await, ["before", "posts"]);
    world.execute("CREATE TABLE absent (n int)").await;
    world.migrate(&set).await;
    assert_eq!(world.count("behind").await, 1);
    assert_eq!(world.count("absent").await, 1);
    assert_eq!(world.count("arvel_migration_steps").await, 0);
}

async fn nothing_is_left_in_the_journal_when_the_first_piece_fails(mut world: World) {
    let set = online(|schema| {
        with_id(schema, "before");
        schema.sql("INSERT INTO absent VALUES (1)");
        schema.table("posts", |table| {
            table.drop_column("slug");
            table.index("id").online();
        });
    });
    let failure = failed(world.try_migrate(&set).await.unwrap_err());
    assert_eq!(failure.after, AfterFailure::RolledBack);
    assert_eq!(world.tables().await, ["posts"]);
    assert_eq!(world.count("arvel_migration_steps").await, 0);
    let status = world.migrator(&set).status().await.unwrap();
    assert_eq!(status.comparison.states()[1].state, State::Pending);
}

async fn who_wants_one_transaction_is_told(mut world: World) {
    let mut set = online(unique_between);
    set[1].up_transaction = TransactionMode::Whole;
    let error = world.try_migrate(&set).await.unwrap_err();
    assert_eq!(error.code(), "migration.unsupported", "{error}");
    assert!(error.to_string().contains("transaction: true"), "{error}");
    assert!(error.hint().is_some_and(|hint| hint.contains("in pieces")), "{:?}", error.hint());
    assert_eq!(world.tables().await, ["posts"]);
}

async fn the_plan_shows_the_pieces(world: World) {
    let set = online(unique_between);
    world.migrate(&set[..1]).await;
    let migrator = world.migrator(&set);
    let plan = migrator.plan_migrate(&UpgradeRequest::default()).await.unwrap();
    let report = migrator.dry_run(&plan).await.unwrap();
    let shown: Vec<&str> =
        report.steps[0].statements.iter().map(|sql| sql.split('"').next().unwrap().trim()).collect();
    assert_eq!(
        shown,
        [
            "-- in a transaction",
            "CREATE TABLE",
            "-- outside a transaction",
            "CREATE UNIQUE INDEX CONCURRENTLY",
            "-- in a transaction",
            "ALTER TABLE",
            "CREATE TABLE"
        ]
    );
}

async fn what_would_write_the_table_anew_is_refused(world: World) {
    type Up = fn(&mut Schema);
    let cases: [(Up, &str); 7] = [
        (
            |s| {
                s.table("posts", |t| {
                    t.uuid("key").default_expression("gen_random_uuid()").online();
                })
            },
            "another one for each row",
        ),
        (
            |s| {
                s.table("posts", |t| {
                    t.integer("m").stored_as("1").online();
                })
            },
            "is computed",
        ),
        (
            |s| {
                s.table("posts", |t| {
                    t.big_integer("number").auto_increment().online();
                })
            },
            "counts the rows",
        ),
        (
            |s| {
                s.table("posts", |t| {
                    t.integer("slug").using("1").online().change();
                })
            },
            "every value anew",
        ),
        (
            |s| {
                s.table("posts", |t| {
                    t.string_of("slug", 20).online().change();
                })
            },
            "written anew",
        ),
        (
            |s| {
                s.table("posts", |t| {
                    t.string("slug").collation("C").online().change();
                })
            },
            "orders its indexes anew",
        ),
        (
            |s| {
                s.table("posts", |t| {
                    t.jsonb("slug").online().change();
                })
            },
            "written anew",
        ),
    ];
    for (up, reason) in cases {
        let error = world.try_migrate(&online(up)).await.unwrap_err();
        assert_eq!(error.code(), "migration.unsupported", "{error}");
        assert!(error.to_string().contains(reason), "{error}");
    }
}

async fn what_only_widens_keeps_the_file_of_the_table(mut world: World) {
    const FILES: &str = "SELECT relname, relfilenode FROM pg_class WHERE relname LIKE 'wide%' ORDER BY 1";
    fn create(schema: &mut Schema) {
        schema.create("wide", |table| {
            table.id();
            table.string_of("a", 10).unique();
            table.decimal("b", 8, 2).index();
            table.timestamp("c").index();
            table.string("d").index();
            table.integer("e").nullable();
        });
    }
    fn change(schema: &mut Schema) {
        schema.table("wide", |table| {
            table.string_of("a", 20).online().change();
            table.decimal("b", 12, 2).online().change();
            table.timestamp_of("c", 6).online().change();
            table.text("d").online().change();
            table.integer("e").not_null().online().change();
            table.timestamp("f").use_current().online();
            table.integer("g").default(7).online();
            table.enumeration("h", &["x", "y"]).default("x").online();
        });
    }
    world.migrate(&[migration("1_wide", create)]).await;
    world.execute("INSERT INTO wide (a, b, c, d, e) SELECT 'a' || n, n, now(), 'd', n FROM generate_series(1, 500) AS n").await;
    let before = world.rows(FILES).await;
    world.migrate(&[migration("1_wide", create), migration("2_change", change)]).await;
    assert_eq!(world.rows(FILES).await, before, "no table and no index is written anew");
    assert_eq!(world.rows("SELECT DISTINCT g, h FROM wide").await, ["7 | x"]);
    world.refuses("INSERT INTO wide (a, b, c, d) VALUES ('z', 1, now(), 'd')").await;
    world.refuses("UPDATE wide SET h = 'z'").await;
}

async fn a_table_of_the_same_migration_needs_no_such_way(world: World) {
    let report = world
        .migrate(&[migration("1_posts", |schema| {
            posts(schema);
            schema.table("posts", |table| {
                table.index([column("slug")]).online();
                table.unique("slug").online();
            });
        })])
        .await;
    let all = report.steps[0].statements.join("\n");
    for word in ["CONCURRENTLY", "ALGORITHM", "LOCK"] {
        assert!(!all.contains(word), "{}: {all}", world.engine.family);
    }
}
