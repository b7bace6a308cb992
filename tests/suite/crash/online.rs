//! An online build that is cut off: the next run finds what it left, and makes it whole. PostgreSQL only: the others have
//! no statement outside a transaction that leaves something unfinished.

use std::time::Duration;

use arvel_migrate::{RollbackRequest, db::Db, exec::AfterFailure};

use crate::support::{
    World,
    child::{Child, named},
    failed, on,
};

on! { postgres = POSTGRES:
    killed_and_its_build_goes_on_to_its_end,
    killed_and_its_build_is_left_invalid,
    a_build_whose_backend_is_terminated,
    killed_while_the_rows_are_validated,
    killed_again_and_again,
    a_drop_whose_backend_is_terminated,
    a_detachment_whose_backend_is_terminated
}

/// Posts, and a session with a transaction that a build has to wait for.
async fn with_a_writer(world: &mut World) -> Db {
    world.migrate(&named("online")[..1]).await;
    world.execute("INSERT INTO posts (slug) VALUES ('a'), ('b')").await;
    writer(world).await
}

async fn writer(world: &World) -> Db {
    let mut writer = world.database.connect().await.expect("a session");
    writer.execute("BEGIN", &[]).await.expect("it begins");
    writer.execute("INSERT INTO posts (slug) VALUES ('c')", &[]).await.expect("it writes");
    writer
}

async fn commit(mut writer: Db) {
    writer.execute("COMMIT", &[]).await.expect("it commits");
}

/// The backend that runs a statement which begins like this, once it waits.
async fn waits(world: &mut World, beginning: &str) -> String {
    let sql = format!(
        "SELECT pid FROM pg_stat_activity WHERE query LIKE '{beginning}%' AND state = 'active' \
         AND datname = current_database() AND wait_event IS NOT NULL"
    );
    for _ in 0..600 {
        if let Some(pid) = world.rows(&sql).await.pop() {
            return pid;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("nothing waits in `{beginning}`")
}

async fn terminated(world: &mut World, pid: &str) {
    world.rows(&format!("SELECT pg_terminate_backend({pid})")).await;
    for _ in 0..600 {
        if world.rows(&format!("SELECT 1 FROM pg_stat_activity WHERE pid = {pid}")).await.is_empty() {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("backend {pid} does not go")
}

const INDEXES: &str = "SELECT i.relname, x.indisvalid FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid \
                       WHERE x.indrelid = 'posts'::regclass AND NOT x.indisprimary ORDER BY 1";

async fn is_whole(world: &mut World) {
    assert_eq!(world.tables().await, ["before", "behind", "posts"]);
    assert_eq!(world.rows(INDEXES).await, ["posts_slug_unique | t"]);
    let constraints = "SELECT conname, convalidated FROM pg_constraint WHERE conrelid = 'posts'::regclass \
                       AND contype <> 'p' ORDER BY 1";
    assert_eq!(world.rows(constraints).await, ["posts_slug_check | t", "posts_slug_unique | t"]);
    assert_eq!(world.count("arvel_migration_steps").await, 0);
    assert_eq!(world.count("arvel_migrations").await, 2);
}

async fn killed_and_its_build_goes_on_to_its_end(mut world: World) {
    let writer = with_a_writer(&mut world).await;
    let mut child = Child::start(&world, "online");
    child.told("statement CREATE UNIQUE INDEX CONCURRENTLY").await;
    waits(&mut world, "CREATE UNIQUE INDEX").await;
    child.kill().await;
    // The piece before it is committed, and the table of the piece behind it is not there.
    assert_eq!(world.tables().await, ["before", "posts"]);
    let next = Child::start(&world, "online");
    commit(writer).await;
    let end = next.end().await;
    assert_eq!(end.code, Some(0), "{end:?}");
    let built = end.lines.iter().any(|line| line.starts_with("statement CREATE UNIQUE INDEX"));
    assert!(!built, "the dead one's server has built it: {end:?}");
    is_whole(&mut world).await;
}

async fn killed_and_its_build_is_left_invalid(mut world: World) {
    let writer = with_a_writer(&mut world).await;
    let mut child = Child::start(&world, "online");
    child.told("statement CREATE UNIQUE INDEX CONCURRENTLY").await;
    let pid = waits(&mut world, "CREATE UNIQUE INDEX").await;
    child.kill().await;
    terminated(&mut world, &pid).await;
    assert_eq!(world.rows(INDEXES).await, ["posts_slug_unique | f"]);
    let next = Child::start(&world, "online");
    tokio::time::sleep(Duration::from_millis(300)).await;
    commit(writer).await;
    let end = next.end().await;
    assert_eq!(end.code, Some(0), "{end:?}");
    let sent: Vec<&str> = end.lines.iter().filter_map(|line| line.strip_prefix("statement ")).collect();
    assert_eq!(
        &sent[..2],
        [
            "DROP INDEX CONCURRENTLY \"posts_slug_unique\"",
            "CREATE UNIQUE INDEX CONCURRENTLY \"posts_slug_unique\" ON \"posts\" (\"slug\")"
        ],
        "{end:?}"
    );
    is_whole(&mut world).await;
}

async fn a_build_whose_backend_is_terminated(mut world: World) {
    let writer = with_a_writer(&mut world).await;
    let migrator = world.migrator(&named("online"));
    let run = tokio::spawn(async move { migrator.migrate(&Default::default()).await });
    let pid = waits(&mut world, "CREATE UNIQUE INDEX").await;
    terminated(&mut world, &pid).await;
    let failure = failed(run.await.unwrap().unwrap_err());
    assert!(failure.statement.starts_with("CREATE UNIQUE INDEX CONCURRENTLY"), "{failure:?}");
    let AfterFailure::Committed { statements } = failure.after else { panic!("{:?}", failure.after) };
    assert_eq!(statements.len(), 1, "the table of the piece before: {statements:?}");
    commit(writer).await;
    world.migrate(&named("online")).await;
    is_whole(&mut world).await;
}

async fn killed_while_the_rows_are_validated(mut world: World) {
    world.migrate(&named("validating")[..1]).await;
    world.execute("INSERT INTO posts (slug) VALUES ('a'), ('b'), ('c'), ('d')").await;
    let mut child = Child::start(&world, "validating");
    child.told("statement ALTER TABLE \"posts\" VALIDATE").await;
    let pid = waits(&mut world, "ALTER TABLE \"posts\" VALIDATE").await;
    child.kill().await;
    terminated(&mut world, &pid).await;
    let constraint = "SELECT conname, convalidated FROM pg_constraint WHERE conname = 'posts_slug_check'";
    assert_eq!(world.rows(constraint).await, ["posts_slug_check | f"]);
    assert_eq!(world.tables().await, ["before", "posts"]);
    let end = Child::start(&world, "validating").end().await;
    assert_eq!(end.code, Some(0), "{end:?}");
    assert_eq!(world.rows(constraint).await, ["posts_slug_check | t"]);
    assert_eq!(world.tables().await, ["before", "behind", "posts"]);
    assert_eq!(world.count("arvel_migration_steps").await, 0);
}

/// Between and inside of statements, of transactions and of what stands outside.
async fn killed_again_and_again(mut world: World) {
    world.migrate(&named("online")[..1]).await;
    world.execute("INSERT INTO posts (slug) SELECT 'p' || n FROM generate_series(1, 60000) AS n").await;
    for round in 0_u64..40 {
        let mut child = Child::start(&world, "online");
        let told = tokio::time::timeout(Duration::from_secs(20), async {
            loop {
                let line = child.line().await;
                if line.as_deref().is_none_or(|line| line.starts_with("started")) {
                    return line.is_some();
                }
            }
        });
        if !told.await.expect("it begins") {
            break;
        }
        tokio::time::sleep(Duration::from_millis((round * 37) % 190)).await;
        child.kill().await;
    }
    let end = Child::start(&world, "online").end().await;
    assert_eq!(end.code, Some(0), "{end:?}");
    is_whole(&mut world).await;
    assert_eq!(world.count("posts").await, 60000);
}

async fn a_drop_whose_backend_is_terminated(mut world: World) {
    let set = named("online");
    world.migrate(&set).await;
    world.migrate(&named("online_index")).await;
    let writer = writer(&world).await;
    let migrator = world.migrator(&named("online_index"));
    let run = tokio::spawn(async move { migrator.rollback(&RollbackRequest::Steps(1)).await });
    let pid = waits(&mut world, "DROP INDEX CONCURRENTLY").await;
    terminated(&mut world, &pid).await;
    failed(run.await.unwrap().unwrap_err());
    assert_eq!(world.rows(INDEXES).await.len(), 2, "it is there, and invalid");
    commit(writer).await;
    world.rollback(&named("online_index"), 1).await;
    is_whole(&mut world).await;
}

/// Between its two transactions the partition is neither attached nor a table of its own: it is brought to its end.
async fn a_detachment_whose_backend_is_terminated(mut world: World) {
    world.migrate(&named("detaching")[..1]).await;
    let mut reader = world.database.connect().await.expect("a session");
    reader.execute("BEGIN", &[]).await.expect("it begins");
    reader.fetch_all("SELECT * FROM visits", &[]).await.expect("it reads");
    let migrator = world.migrator(&named("detaching"));
    let run = tokio::spawn(async move { migrator.migrate(&Default::default()).await });
    let pid = waits(&mut world, "ALTER TABLE \"visits\" DETACH").await;
    terminated(&mut world, &pid).await;
    failed(run.await.unwrap().unwrap_err());
    let pending = "SELECT inhdetachpending FROM pg_inherits WHERE inhparent = 'visits'::regclass";
    assert_eq!(world.rows(pending).await, ["t"]);
    commit(reader).await;
    let report = world.migrate(&named("detaching")).await;
    let statements = report.steps[0].statements.join("\n");
    assert!(statements.contains("FINALIZE"), "{statements}");
    assert_eq!(world.rows(pending).await, [""; 0]);
    assert_eq!(world.tables().await, ["before", "behind", "visits_1"], "a table of its own, beside `visits`");
    assert_eq!(world.count("arvel_migration_steps").await, 0);
}
