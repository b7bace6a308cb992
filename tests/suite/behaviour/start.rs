//! The start of a web application: it applies what is pending, and goes on when the database is ahead of it.

use std::path::Path;

use arvel_core::{Config, Context, Environment, Plugin};
use arvel_migrate::{Migrations, migration::Migration};

use crate::support::{World, migration, on_every_engine};

on_every_engine!(applies_and_goes_on, refuses_when_told_to, starts_at_once);

fn folder(files: &[&str]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    for name in files {
        let table = name.split_once('_').unwrap().1;
        let text =
            format!("-- migrate:up\nCREATE TABLE {table} (id int);\n-- migrate:down\nDROP TABLE {table};\n");
        std::fs::write(folder.path().join(format!("{name}.sql")), text).unwrap();
    }
    folder
}

fn context(world: &World, folder: &Path, more: &[(&'static str, &str)]) -> Context {
    let mut values: Vec<(&str, arvel_core::Value)> = Migrations::default().defaults();
    values.push(("databases.default.url", world.database.url_text().into()));
    values.push(("migrations.path", folder.display().to_string().into()));
    values.push(("migrations.on_startup", "apply".into()));
    values.extend(more.iter().map(|(key, value)| (*key, (*value).into())));
    Context::new("test", folder, Environment::Testing, Config::of(values))
}

fn newer() -> [Migration; 1] {
    [migration("3_newer", |schema| {
        schema.create("newer", |table| {
            table.id();
        });
    })]
}

async fn applies_and_goes_on(mut world: World) {
    world.migrate(&newer()).await;
    let files = folder(&["1_first", "2_second"]);
    let context = context(&world, files.path(), &[]);
    Migrations::default().start(&context).await.unwrap();
    assert_eq!(world.tables().await, ["first", "newer", "second"]);
    // Again, with nothing to do and the database still ahead.
    Migrations::default().start(&context).await.unwrap();
    assert_eq!(world.count("arvel_migrations").await, 3);
}

async fn refuses_when_told_to(mut world: World) {
    world.migrate(&newer()).await;
    let files = folder(&["1_first"]);
    let context = context(&world, files.path(), &[("migrations.missing", "refuse")]);
    let error = Migrations::default().start(&context).await.unwrap_err();
    assert!(error.to_string().contains("3_newer"), "{error}");
    assert_eq!(world.tables().await, ["newer"]);
}

/// Ten at once: one migrates, all start.
async fn starts_at_once(mut world: World) {
    let files = folder(&["1_first", "2_second"]);
    let mut starts = Vec::new();
    for _ in 0..10 {
        let context = context(&world, files.path(), &[]);
        starts.push(tokio::spawn(async move {
            Migrations::default().start(&context).await.map_err(|e| e.to_string())
        }));
    }
    for start in starts {
        start.await.unwrap().unwrap();
    }
    assert_eq!(world.tables().await, ["first", "second"]);
    assert_eq!(world.count("arvel_migrations").await, 2);
}
