//! The whole way on real databases: file to row and back.

use crate::{
    Error, RollbackRequest, UpgradeRequest,
    exec::{AfterFailure, RunError, RunOptions},
    history::State,
    migration::{Catalog, LineName, Precedence},
    testing::{Engine, TestDatabase},
};

fn folder(files: &[(&str, &str)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).unwrap();
    }
    folder
}

fn catalog(folder: &tempfile::TempDir) -> Catalog {
    Catalog::read_folder(folder.path(), &LineName::default_line()).unwrap()
}

const A: &str = "-- migrate:up\nCREATE TABLE a (id int NOT NULL PRIMARY KEY, t varchar(20));\nINSERT INTO a VALUES (1, 'x;y');\n-- migrate:down\nDROP TABLE a;\n";
const B: &str = "-- migrate:up\nCREATE TABLE b (id int);\n-- migrate:down\nDROP TABLE b;\n";

#[tokio::test]
async fn up_status_down_on_every_database() {
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        let files = folder(&[("1_create_a.sql", A), ("2_create_b.sql", B)]);
        let migrator = database.migrator(catalog(&files)).unwrap();
        let before = migrator.status().await.unwrap();
        assert!(!before.initialized && before.comparison.states().iter().all(|s| s.state == State::Pending));
        let report = migrator.migrate(&UpgradeRequest::default()).await.unwrap();
        assert_eq!((report.steps.len(), report.batch), (2, Some(1)), "{engine:?}");
        assert!(migrator.migrate(&UpgradeRequest::default()).await.unwrap().is_empty());
        let start = migrator.start_state().await.unwrap();
        assert!(start.fast && start.pending.is_empty(), "{engine:?}: {start:?}");
        let status = migrator.status().await.unwrap();
        assert!(status.comparison.is_up_to_date());
        let rows: Vec<_> = status.comparison.by_seq().filter_map(|s| s.row.clone()).collect();
        assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), [1, 2]);
        assert!(
            rows.iter().all(|row| row.applied_at.starts_with("20") && row.applied_at.ends_with('Z')),
            "{rows:?}"
        );
        let mut db = migrator.connect().await.unwrap();
        assert_eq!(db.fetch_one("SELECT t FROM a", &[]).await.unwrap().unwrap().text("t"), Some("x;y"));
        let down = migrator.rollback(&RollbackRequest::Steps(1)).await.unwrap();
        assert_eq!(down.steps[0].revision.as_str(), "2_create_b");
        assert!(!db.has_table("b").await.unwrap() && db.has_table("a").await.unwrap());
        let error = migrator.rollback(&RollbackRequest::Steps(5)).await.unwrap_err();
        assert_eq!(error.exit().0, 4, "{error}");
        migrator.rollback(&RollbackRequest::All).await.unwrap();
        assert!(!db.has_table("a").await.unwrap());
        let again = migrator.refresh(None).await.unwrap();
        assert_eq!((again.down.steps.len(), again.up.steps.len()), (0, 2));
        let fresh = migrator.fresh().await.unwrap();
        assert_eq!(fresh.up.steps.len(), 2, "{engine:?}");
        assert!(migrator.start_state().await.unwrap().fast);
    }
}

#[tokio::test]
async fn a_failing_third_statement_leaves_what_it_must_and_can_be_mended() {
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        let text = "-- migrate:up\nCREATE TABLE one (id int);\nCREATE TABLE two (id int);\nINSERT INTO nowhere VALUES (1);\nCREATE TABLE three (id int);\n";
        let files = folder(&[("1_many.sql", text)]);
        let error = database
            .migrator(catalog(&files))
            .unwrap()
            .migrate(&UpgradeRequest::default())
            .await
            .unwrap_err();
        let Error::Run(RunError::Failed(failure)) = error else { panic!("{engine:?}: {error:?}") };
        assert_eq!((failure.line, failure.statement.as_str()), (Some(4), "INSERT INTO nowhere VALUES (1)"));
        let mut db = database.connect().await.unwrap();
        if engine == Engine::MYSQL {
            let AfterFailure::Committed { statements } = &failure.after else { panic!() };
            assert_eq!(statements.len(), 2);
            assert!(db.has_table("one").await.unwrap() && db.has_table("two").await.unwrap());
        } else {
            assert_eq!(failure.after, AfterFailure::RolledBack);
            assert!(!db.has_table("one").await.unwrap());
        }
        let status = database.migrator(catalog(&files)).unwrap().status().await.unwrap();
        let expected = if engine == Engine::MYSQL { State::Failed } else { State::Pending };
        assert_eq!(status.comparison.states()[0].state, expected, "{engine:?}");
        // The applied part was edited: refused where it had been committed.
        let edited = folder(&[(
            "1_many.sql",
            &text.replace("one (id int)", "one (id bigint)").replace("nowhere", "two"),
        )]);
        let outcome = database.migrator(catalog(&edited)).unwrap().migrate(&UpgradeRequest::default()).await;
        if engine == Engine::MYSQL {
            assert!(
                matches!(outcome, Err(Error::Run(RunError::EditedHalfway { number: 1, .. }))),
                "{outcome:?}"
            );
        } else {
            outcome.unwrap();
            continue;
        }
        // Mended where it failed: it goes on from there.
        let mended = folder(&[("1_many.sql", &text.replace("nowhere", "two"))]);
        database.migrator(catalog(&mended)).unwrap().migrate(&UpgradeRequest::default()).await.unwrap();
        assert!(db.has_table("three").await.unwrap());
        let count = db.fetch_one("SELECT count(*) AS n FROM two", &[]).await.unwrap().unwrap();
        assert_eq!(count.integer("n"), Some(1));
        let left =
            db.fetch_one("SELECT count(*) AS n FROM arvel_migration_steps", &[]).await.unwrap().unwrap();
        assert_eq!(left.integer("n"), Some(0));
    }
}

#[tokio::test]
async fn many_at_once_apply_each_migration_once() {
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        let texts: Vec<(String, String)> = (1..=10)
            .map(|n| {
                let up = if n == 1 {
                    "CREATE TABLE hits (n int)".to_owned()
                } else {
                    format!("INSERT INTO hits VALUES ({n})")
                };
                (format!("{n}_step.sql"), format!("-- migrate:up\n{up};\n"))
            })
            .collect();
        let files = folder(&texts.iter().map(|(n, t)| (n.as_str(), t.as_str())).collect::<Vec<_>>());
        let mut racers = Vec::new();
        for _ in 0..12 {
            let migrator = database.migrator(catalog(&files)).unwrap();
            racers.push(tokio::spawn(async move { migrator.migrate(&UpgradeRequest::default()).await }));
        }
        let mut applied = 0;
        for racer in racers {
            applied += racer.await.unwrap().unwrap().steps.len();
        }
        assert_eq!(applied, 10, "{engine:?}");
        let mut db = database.connect().await.unwrap();
        let hits = db.fetch_one("SELECT count(*) AS n FROM hits", &[]).await.unwrap().unwrap();
        assert_eq!(hits.integer("n"), Some(9), "{engine:?}");
    }
}

#[tokio::test]
async fn ways_back_lead_back_and_drift_is_found() {
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        let files = folder(&[("1_create_a.sql", A), ("2_create_b.sql", B)]);
        database.assert_reversible(catalog(&files)).await.unwrap();
        database.assert_no_drift(engine, catalog(&files)).await.unwrap();
        let mut db = database.connect().await.unwrap();
        db.execute("CREATE TABLE by_hand (id int)", &[]).await.unwrap();
        let error = database.assert_no_drift(engine, catalog(&files)).await.unwrap_err();
        assert!(error.to_string().contains("`by_hand` is left over"), "{error}");
        let wrong =
            folder(&[("1_a.sql", "-- migrate:up\nCREATE TABLE c (id int);\n-- migrate:down\nSELECT 1;\n")]);
        let Some(other) = TestDatabase::create(engine).await.unwrap() else { continue };
        let error = other.assert_reversible(catalog(&wrong)).await.unwrap_err();
        assert!(error.to_string().contains("undoing `1_a` does not lead back"), "{error}");
    }
}

#[tokio::test]
async fn a_migrated_database_is_a_copy_of_its_own() {
    for engine in Engine::ALL {
        let files = folder(&[("1_create_a.sql", A), ("2_create_b.sql", B)]);
        for _ in 0..2 {
            let Some(database) = TestDatabase::migrated(engine, catalog(&files)).await.unwrap() else {
                continue;
            };
            assert!(database.migrator(catalog(&files)).unwrap().start_state().await.unwrap().fast);
            let mut db = database.connect().await.unwrap();
            db.execute("INSERT INTO a VALUES (2, 'own')", &[]).await.unwrap();
            let rows = db.fetch_all("SELECT id FROM a", &[]).await.unwrap();
            assert_eq!(rows.len(), 2, "{engine:?}");
        }
    }
}

#[tokio::test]
async fn a_request_to_stop_rolls_back_or_stops_behind_the_statement() {
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        let sleep = match engine {
            Engine::MYSQL => "SELECT sleep(1)",
            Engine::POSTGRES => "SELECT pg_sleep(20)",
            _ => {
                "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 1000000000) SELECT max(i) FROM n"
            }
        };
        let text =
            format!("-- migrate:up\nCREATE TABLE one (id int);\n{sleep};\nCREATE TABLE two (id int);\n");
        let files = folder(&[("1_slow.sql", &text)]);
        let shutdown = arvel_core::Shutdown::new();
        let options = RunOptions { shutdown: Some(shutdown.clone()), ..RunOptions::default() };
        let migrator = database.builder().catalog(catalog(&files)).options(options).build().unwrap();
        let run = tokio::spawn(async move { migrator.migrate(&UpgradeRequest::default()).await });
        tokio::time::sleep(std::time::Duration::from_millis(500)).await;
        shutdown.request();
        let error = run.await.unwrap().unwrap_err();
        assert_eq!(error.exit().0, 130, "{error}");
        let mut db = database.connect().await.unwrap();
        let halfway = engine == Engine::MYSQL;
        assert_eq!(db.has_table("one").await.unwrap(), halfway);
        assert!(!db.has_table("two").await.unwrap());
        assert_eq!(error.to_string().contains("stopped behind 2 statements"), halfway, "{error}");
        if halfway {
            // The lock is free, and the next run goes on behind the second statement.
            let started = std::time::Instant::now();
            database.migrator(catalog(&files)).unwrap().migrate(&UpgradeRequest::default()).await.unwrap();
            assert!(db.has_table("two").await.unwrap() && started.elapsed().as_millis() < 900);
        }
    }
}

#[tokio::test]
async fn a_file_that_a_migrator_keeps_from_being_read_is_waited_for_at_the_lock() {
    let Some(database) = TestDatabase::create(Engine::SQLITE).await.unwrap() else { return };
    let files = folder(&[("1_create_a.sql", A), ("2_create_b.sql", B)]);
    let mut file = database.url().file().unwrap().into_os_string();
    // What a big transaction of another migrator holds: its lock file, and the database against readers.
    let mut holder = database.connect().await.unwrap();
    holder.execute("BEGIN EXCLUSIVE", &[]).await.unwrap();
    file.push(".arvel-lock");
    let lock = std::fs::File::create(file).unwrap();
    lock.try_lock().unwrap();
    let no_wait = RunOptions {
        lock: crate::lock::LockOptions { timeout: std::time::Duration::ZERO },
        ..RunOptions::default()
    };
    let started = std::time::Instant::now();
    let migrator = database.builder().catalog(catalog(&files)).options(no_wait).build().unwrap();
    let error = migrator.migrate(&UpgradeRequest::default()).await.unwrap_err();
    assert_eq!(error.exit().0, 6, "{error}");
    assert!(started.elapsed().as_secs() < 5, "{:?}", started.elapsed());
    holder.execute("COMMIT", &[]).await.unwrap();
    drop(lock);
    let report = migrator.migrate(&UpgradeRequest::default()).await.unwrap();
    assert_eq!(report.steps.len(), 2);
}

#[tokio::test]
async fn what_is_not_selected_is_neither_counted_nor_missing_nor_undone() {
    let Some(database) = TestDatabase::create(Engine::SQLITE).await.unwrap() else { return };
    let files = folder(&[("1_create_a.sql", A), ("2_create_b.sql", B)]);
    let later = "-- migrate:up\nCREATE TABLE c (id int);\n-- migrate:down\nDROP TABLE c;\n";
    let other = folder(&[("3_create_c.sql", later)]);
    let selecting = |folder: &tempfile::TempDir, known: &[&tempfile::TempDir]| {
        let selected: Vec<_> =
            catalog(folder).migrations().iter().map(|migration| migration.revision.clone()).collect();
        let mut all = catalog(folder);
        for folder in known {
            all = all.merge(catalog(folder), Precedence::Disk).unwrap();
        }
        database.builder().catalog(all).select(selected).build().unwrap()
    };
    let names = |steps: &[crate::exec::StepReport]| -> Vec<String> {
        steps.iter().map(|step| step.revision.to_string()).collect()
    };
    let first = selecting(&files, &[&other]);
    let too_many = UpgradeRequest {
        target: Some(crate::graph::Target::parse("+3").unwrap()),
        ..UpgradeRequest::default()
    };
    let error = first.migrate(&too_many).await.unwrap_err();
    assert_eq!(error.to_string(), "3 revisions were asked for, and 2 are pending");
    assert_eq!(first.dry_run_fresh().await.unwrap().up.steps.len(), 2);
    first.migrate(&UpgradeRequest::default()).await.unwrap();
    // The first folder is not among what this program knows: it is applied all the same, and none of its business.
    let second = selecting(&other, &[]);
    let done = second.migrate(&UpgradeRequest::default()).await.unwrap();
    assert_eq!(names(&done.steps), ["3_create_c"]);
    assert_eq!(second.status().await.unwrap().comparison.states().len(), 1);
    let undone = first.rollback(&RollbackRequest::Steps(1)).await.unwrap();
    assert_eq!(names(&undone.steps), ["2_create_b"]);
    let undone = second.rollback(&RollbackRequest::All).await.unwrap();
    assert_eq!(names(&undone.steps), ["3_create_c"]);
}

#[tokio::test]
async fn a_commit_inside_of_a_migration_is_refused_where_it_would_tear_it() {
    for engine in [Engine::SQLITE, Engine::POSTGRES] {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        let text = "CREATE TABLE a (id int);\nCOMMIT;\nCREATE TABLE b (id int);\n";
        let files = folder(&[("1_torn.sql", &format!("-- migrate:up\n{text}"))]);
        let migrator = database.migrator(catalog(&files)).unwrap();
        let error = migrator.migrate(&UpgradeRequest::default()).await.unwrap_err();
        assert!(error.to_string().contains("can not do `COMMIT`"), "{error}");
        let plan = migrator.plan_migrate(&UpgradeRequest::default()).await.unwrap();
        assert_eq!(migrator.dry_run(&plan).await.unwrap_err().to_string(), error.to_string());
        let mut db = database.connect().await.unwrap();
        assert!(!db.has_table("a").await.unwrap(), "{engine:?}");
        // Outside of a transaction each statement stands for itself anyway.
        let files = folder(&[(
            "1_torn.sql",
            &format!("-- migrate:up transaction:false\n{text}").replace("COMMIT;\n", ""),
        )]);
        database.migrator(catalog(&files)).unwrap().migrate(&UpgradeRequest::default()).await.unwrap();
        assert!(db.has_table("b").await.unwrap(), "{engine:?}");
    }
}

#[tokio::test]
async fn what_is_half_undone_is_undone_before_anything_is_applied() {
    let Some(database) = TestDatabase::create(Engine::MYSQL).await.unwrap() else { return };
    let up = "-- migrate:up\nCREATE TABLE a (id int);\nCREATE TABLE b (id int);\n-- migrate:down\n";
    let broken = folder(&[("1_a.sql", &format!("{up}DROP TABLE a;\nDROP TABLE nowhere;\nDROP TABLE b;\n"))]);
    let migrator = database.migrator(catalog(&broken)).unwrap();
    migrator.migrate(&UpgradeRequest::default()).await.unwrap();
    migrator.rollback(&RollbackRequest::Steps(1)).await.unwrap_err();
    // Table `a` is gone and its row is there: "everything is applied" would be a lie.
    let error = migrator.migrate(&UpgradeRequest::default()).await.unwrap_err();
    assert_eq!(
        (error.to_string().as_str(), error.exit().0),
        ("revision `1_a` is half undone by a former run", 5)
    );
    let mended = folder(&[("1_a.sql", &format!("{up}DROP TABLE a;\nDROP TABLE b;\n"))]);
    let migrator = database.migrator(catalog(&mended)).unwrap();
    migrator.rollback(&RollbackRequest::Steps(1)).await.unwrap();
    migrator.migrate(&UpgradeRequest::default()).await.unwrap();
    assert!(database.connect().await.unwrap().has_table("a").await.unwrap());
}

#[tokio::test]
async fn tables_out_of_sight_are_not_an_empty_history() {
    let Some(database) = TestDatabase::create(Engine::POSTGRES).await.unwrap() else { return };
    let files = folder(&[("1_create_a.sql", A)]);
    database.migrator(catalog(&files)).unwrap().migrate(&UpgradeRequest::default()).await.unwrap();
    let mut db = database.connect().await.unwrap();
    // As for a role without USAGE: no schema of the path is its to use.
    let name = database.url().database().to_owned();
    db.execute(&format!("ALTER DATABASE \"{name}\" SET search_path = 'nowhere'"), &[]).await.unwrap();
    let migrator = database.migrator(catalog(&files)).unwrap();
    for error in [migrator.status().await.unwrap_err(), migrator.start_state().await.unwrap_err()] {
        assert!(error.to_string().contains("may use no schema of its search_path"), "{error}");
    }
}

#[tokio::test]
async fn sql_that_can_not_be_split_stops_the_plan_before_its_first_step() {
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        let open = "-- migrate:up\nCREATE TABLE c (id int);\nINSERT INTO c VALUES ('never closed);\n";
        let files = folder(&[("1_create_a.sql", A), ("2_open.sql", open)]);
        let error = database
            .migrator(catalog(&files))
            .unwrap()
            .migrate(&UpgradeRequest::default())
            .await
            .unwrap_err();
        assert!(error.to_string().contains("2_open: line 3"), "{error}");
        assert!(!database.connect().await.unwrap().has_table("a").await.unwrap(), "{engine:?}");
    }
}

#[tokio::test]
async fn a_start_sees_what_a_rollback_left_half_undone() {
    let Some(database) = TestDatabase::create(Engine::MYSQL).await.unwrap() else { return };
    let text =
        "-- migrate:up\nCREATE TABLE a (id int);\n-- migrate:down\nDROP TABLE a;\nDROP TABLE nowhere;\n";
    let files = folder(&[("1_a.sql", text)]);
    let migrator = database.migrator(catalog(&files)).unwrap();
    migrator.migrate(&UpgradeRequest::default()).await.unwrap();
    assert!(migrator.start_state().await.unwrap().fast);
    migrator.rollback(&RollbackRequest::Steps(1)).await.unwrap_err();
    let state = migrator.start_state().await.unwrap();
    assert!(!state.fast && state.failed.len() == 1, "{state:?}");
}

#[tokio::test]
async fn the_digest_is_right_after_a_failed_run_and_empty_while_one_is_at_work() {
    for engine in Engine::ALL {
        let Some(database) = TestDatabase::create(engine).await.unwrap() else { continue };
        let wrong = "-- migrate:up\nINSERT INTO nowhere VALUES (1);\n";
        let both = folder(&[("1_create_a.sql", A), ("2_wrong.sql", wrong)]);
        database.migrator(catalog(&both)).unwrap().migrate(&UpgradeRequest::default()).await.unwrap_err();
        let first = folder(&[("1_create_a.sql", A)]);
        let program = database.migrator(catalog(&first)).unwrap();
        let state = program.start_state().await.unwrap();
        // On MariaDB the failed statement stands in the journal, so the start looks at the rows.
        assert_eq!(state.fast, engine != Engine::MYSQL, "{engine:?}: {state:?}");
        assert!(state.pending.is_empty() && state.missing.is_empty(), "{engine:?}: {state:?}");
        // What a killed run leaves: a start reads rows, and finds nothing to do.
        let mut db = database.connect().await.unwrap();
        let empty = "UPDATE arvel_migration_meta SET value = '' WHERE value LIKE 'v1:%'";
        assert_eq!(db.execute(empty, &[]).await.unwrap(), 1, "{engine:?}");
        let state = program.start_state().await.unwrap();
        assert!(!state.fast && state.pending.is_empty(), "{engine:?}: {state:?}");
    }
}
