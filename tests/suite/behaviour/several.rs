//! Several databases in one program: a file of SQLite beside each engine, through `Migrators`, the start and readiness.

use std::path::Path;

use arvel_core::{Config, Context, Environment, Exit, Plugin, ReadyState, Value};
use arvel_migrate::{
    Migrations, Migrators, OnFailure, RollbackRequest, UpgradeRequest, migration::Migration,
};

use crate::support::{World, migration, on_every_engine, set};

on_every_engine!(
    each_has_its_own,
    a_failure_is_one_database_s_own,
    starts_with_all,
    readiness_names_who_is_behind
);

fn of_reporting(migration: Migration) -> Migration {
    Migration { database: Some("reporting".to_owned()), ..migration }
}

/// The same revision in both databases, and one more in the default one.
fn migrations() -> Vec<Migration> {
    let users = migration("1_first", |schema| {
        schema.create("users", |table| {
            table.id();
        });
    });
    let posts = migration("2_second", |schema| {
        schema.create("posts", |table| {
            table.id();
        });
    });
    vec![users, posts]
}

fn visits() -> Migration {
    of_reporting(migration("1_first", |schema| {
        schema.create("visits", |table| {
            table.id();
        });
    }))
}

fn all(world: &World, file: &Path, reporting: Vec<Migration>) -> Migrators {
    let catalog = || set(&migrations()).with(reporting.clone()).expect("no revision twice in one database");
    let url = format!("sqlite://{}", file.display());
    let builder = arvel_migrate::Migrator::builder(&url).expect("a URL").database("reporting");
    let default = world.database.builder().catalog(catalog());
    Migrators::builder().with(default).with(builder.catalog(catalog())).build().expect("two databases")
}

async fn each_has_its_own(mut world: World) {
    let home = tempfile::tempdir().unwrap();
    let all = all(&world, &home.path().join("reporting.db"), vec![visits()]);
    let done = all.migrate(&UpgradeRequest::default(), OnFailure::GoOn).await;
    assert_eq!(done.exit(), Exit::DONE);
    let steps = |name: &str| match &done.get(name).unwrap().result {
        Some(Ok(report)) => report.steps.len(),
        other => panic!("{other:?}"),
    };
    assert_eq!((steps("default"), steps("reporting")), (2, 1));
    assert_eq!(world.tables().await, ["posts", "users"]);
    // The digests are compared set by set: a start finds both at once.
    for outcome in all.start_state().await.each {
        assert!(outcome.result.unwrap().unwrap().fast, "{}", outcome.database);
    }
    let undone = all.rollback(&RollbackRequest::All, OnFailure::GoOn).await;
    assert_eq!(undone.exit(), Exit::DONE);
    let status = all.status().await;
    let pending = status.each.iter().map(|of| match &of.result {
        Some(Ok(status)) => (status.database.name.as_str(), status.comparison.pending().count()),
        other => panic!("{other:?}"),
    });
    assert_eq!(pending.collect::<Vec<_>>(), [("default", 2), ("reporting", 1)]);
}

async fn a_failure_is_one_database_s_own(mut world: World) {
    let home = tempfile::tempdir().unwrap();
    world.execute("CREATE TABLE posts (id int)").await;
    let all = all(&world, &home.path().join("reporting.db"), vec![visits()]);
    let stopped = all.migrate(&UpgradeRequest::default(), OnFailure::Stop).await;
    assert_eq!(stopped.exit(), Exit::FAILED);
    assert!(stopped.get("reporting").unwrap().result.is_none());
    let done = all.migrate(&UpgradeRequest::default(), OnFailure::GoOn).await;
    assert_eq!(done.exit(), Exit::SOME_FAILED);
    assert_eq!(done.failed().map(|(name, _)| name).collect::<Vec<_>>(), ["default"]);
    assert!(matches!(done.get("reporting").unwrap().result, Some(Ok(_))));
}

/// A project with a folder for each database.
fn project(world: &World, on_startup: &str) -> (tempfile::TempDir, Context) {
    let home = tempfile::tempdir().unwrap();
    for (path, table) in [("shared/1_users", "users"), ("reporting/1_visits", "visits")] {
        let file = home.path().join(format!("{path}.sql"));
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, format!("-- migrate:up\nCREATE TABLE {table} (id int);\n")).unwrap();
    }
    let defaults = Migrations::default().defaults().into_iter().map(|(key, value)| (key.to_owned(), value));
    let said = [
        ("databases.reporting.url", world.database.url_text()),
        ("databases.reporting.path", "reporting".to_owned()),
        ("databases.default.url", "sqlite://default.db".to_owned()),
        ("migrations.path", "shared".to_owned()),
        ("migrations.on_startup", on_startup.to_owned()),
    ];
    let said = said.into_iter().map(|(key, text)| (key.to_owned(), Value::from(text)));
    let context = Context::new("test", home.path(), Environment::Testing, Config::of(defaults.chain(said)));
    (home, context)
}

async fn starts_with_all(mut world: World) {
    let (home, context) = project(&world, "apply");
    Migrations::default().start(&context).await.unwrap();
    assert_eq!(world.tables().await, ["visits"]);
    assert!(home.path().join("default.db").exists());
    // Again, with nothing to do.
    Migrations::default().start(&context).await.unwrap();

    std::fs::write(home.path().join("reporting/2_bad.sql"), "-- migrate:up\nCREATE TABLE visits (id int);\n")
        .unwrap();
    let error = Migrations::default().start(&context).await.unwrap_err();
    assert!(error.to_string().starts_with("the database `reporting`: 2_bad failed"), "{error}");
}

async fn readiness_names_who_is_behind(world: World) {
    let (_home, context) = project(&world, "check");
    let plugin = Migrations::default();
    plugin.start(&context).await.unwrap();
    let readiness = plugin.readiness(&context).expect("it is checked");
    let ReadyState::NotReady { reason, details } = readiness.check().await else {
        panic!("nothing is applied")
    };
    assert_eq!(
        reason,
        "`default`: 1 migration is pending; run `db migrate --database default`; \
         `reporting`: 1 migration is pending; run `db migrate --database reporting`"
    );
    assert_eq!(details, ["`default`: 1_users", "`reporting`: 1_visits"]);

    let (_home, applying) = project(&world, "apply");
    Migrations::default().start(&applying).await.unwrap();
    let plugin = Migrations::default();
    plugin.start(&context).await.unwrap();
    let readiness = plugin.readiness(&context).expect("it is checked");
    let ReadyState::NotReady { reason, .. } = readiness.check().await else { panic!("the file has nothing") };
    assert_eq!(reason, "`default`: 1 migration is pending; run `db migrate --database default`");
}
