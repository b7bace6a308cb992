//! The commands on SQLite, and one on a server.

use super::*;

#[tokio::test]
async fn migrate_status_and_rollback() {
    let project = Project::new();
    assert_eq!(project.states().await, ["create_users_table pending", "create_posts_table pending"]);
    assert!(!project.at("database/app.db").exists(), "questions never write");

    let ran = project.ok("db migrate").await;
    let lines = "[1/2] 2026_01_01_000000_create_users_table ... N ms DONE\n\
                 [2/2] 2026_01_02_000000_create_posts_table ... N ms DONE\n";
    assert_eq!(without_times(&ran.err), lines);
    assert_eq!(without_times(&ran.out), "applied 2 migrations in N ms (batch 1)\n");
    assert_eq!(project.states().await, ["create_users_table applied", "create_posts_table applied"]);

    let ran = project.ok("db migrate").await;
    assert_eq!((ran.out.as_str(), ran.err.as_str()), ("nothing to migrate: everything is applied\n", ""));

    let ran = project.ok("db rollback").await;
    let lines = "[1/1] 2026_01_02_000000_create_posts_table ... N ms DONE\n\
                 1 more of batch 1 stays applied; `db rollback --batch 1` undoes it too\n";
    assert_eq!(without_times(&ran.err), lines);
    assert_eq!(without_times(&ran.out), "undid `2026_01_02_000000_create_posts_table` in N ms\n");
    assert_eq!(project.states().await, ["create_users_table applied", "create_posts_table pending"]);
}

#[tokio::test]
async fn exit_codes_and_targets() {
    let project = Project::new();
    let table = [
        ("db status --pending", Exit::DIFFERENCES),
        ("db status --pending=3", Exit(3)),
        ("db migrate --dry-run", Exit::DONE),
        ("db migrate --dry-run --detailed-exit-code", Exit::DIFFERENCES),
        ("db migrate --detailed-exit-code", Exit::USAGE),
        ("db migrate nonsense", Exit::GRAPH),
        ("db migrate +7", Exit::GRAPH),
        ("db migrate -1", Exit::GRAPH),
        ("db migrate --dry-rum", Exit::USAGE),
        ("db migrate +1 --revision head", Exit::USAGE),
        ("db rollback --steps 1 --batch", Exit::USAGE),
        ("db rollback", Exit::GRAPH),
        ("db reset", Exit::DONE),
        ("db migrate create_users", Exit::DONE),
        ("db migrate create_users", Exit::DONE),
        ("db upgrade --revision heads --step", Exit::DONE),
        ("db status --pending", Exit::DONE),
        ("db rollback --step 5", Exit::GRAPH),
        ("db rollback --batch 9", Exit::GRAPH),
        ("db rollback --batch", Exit::DONE),
        ("db downgrade -1", Exit::DONE),
        ("db downgrade base", Exit::DONE),
        ("db seed --class nobody", Exit::USAGE),
        ("db seed", Exit::DONE),
        ("db migrate --path nowhere", Exit::USAGE),
        ("db migrate --url nonsense:x", Exit::CONFIGURATION),
        ("db publish --list", Exit::DONE),
        ("db publish --package nobody", Exit::USAGE),
        ("db drop", Exit::DONE),
        ("db create --dry-run", Exit::DONE),
        ("db create", Exit::DONE),
        ("db create", Exit::DONE),
    ];
    for (line, exit) in table {
        let ran = project.run(line).await;
        assert_eq!(ran.exit, exit, "{line}: {ran:?}");
        // Usage errors are clap's own, on the real stderr; all others are ours.
        let silent = exit == Exit::USAGE && ran.err.is_empty();
        let is_error = exit != Exit::DONE && exit != Exit::DIFFERENCES && exit != Exit(3) && !silent
            || line.contains("nonsense:x");
        assert_eq!(ran.err.starts_with("error: "), is_error, "{line}: {ran:?}");
        assert!(!is_error || ran.err.contains("  hint: "), "{line}: {ran:?}");
    }
}

#[tokio::test]
async fn path_selects_and_url_overrides() {
    let project = Project::new()
        .file("other/2026_01_03_000000_tags.sql", "-- migrate:up\nCREATE TABLE tags (id integer);\n");
    let other = project.at("other");
    let ran = project.ok(&format!("db migrate --path {} --url sqlite:second.db", other.display())).await;
    assert_eq!(without_times(&ran.err), "[1/1] 2026_01_03_000000_tags ... N ms DONE\n");
    assert!(project.at("second.db").exists() && !project.at("database/app.db").exists());
}

#[tokio::test]
async fn no_password_is_ever_shown() {
    let project = Project::new();
    for line in ["db status", "db migrate", "db status --json", "db create", "db drop --yes"] {
        let ran = project.run(&format!("{line} --url postgres://app:hunter2@127.0.0.1:1/shop")).await;
        assert_eq!(ran.exit, Exit::FAILED, "{line}: {ran:?}");
        assert!(!format!("{ran:?}").contains("hunter2"), "{line}: {ran:?}");
    }
}

#[tokio::test]
async fn a_missing_database_of_a_server_is_offered() {
    let name = format!(
        "arvel_cli_{}_{:?}",
        std::process::id(),
        std::time::UNIX_EPOCH.elapsed().unwrap().as_millis()
    );
    let url = format!("postgres://postgres@127.0.0.1:5432/{name}");
    let project = Project::new();
    let server = project.run("db create --dry-run --url postgres://postgres@127.0.0.1:5432/postgres").await;
    if server.exit != Exit::DONE {
        eprintln!("skipped: no PostgreSQL");
        return;
    }
    let ran = project.run(&format!("db migrate --url {url}")).await;
    assert_eq!(ran.exit, Exit::FAILED, "{ran:?}");
    assert!(ran.err.contains("hint: create it with `db create`, or run `db migrate --yes`"), "{}", ran.err);

    let project = project.typing("n");
    let ran = project.run(&format!("db migrate --url {url}")).await;
    assert_eq!(ran.exit, Exit::FAILED, "{ran:?}");
    assert!(
        ran.err.contains(&format!("the database `{name}` does not exist; create it? [y/N]")),
        "{}",
        ran.err
    );

    let project = project.typing("y");
    let ran = project.ok(&format!("db migrate --url {url}")).await;
    assert!(ran.err.contains(&format!("created the database `{name}`")), "{}", ran.err);
    project.ok(&format!("db drop --url {url}")).await;
    project.ok(&format!("db migrate --yes --url {url}")).await;
    let ran = project.run(&format!("db drop --env production --url {url}")).await;
    assert_eq!(ran.exit, Exit::REFUSED, "{ran:?}");
    assert!(ran.err.contains("host         127.0.0.1:5432"), "{}", ran.err);
    project.typing(&name).ok(&format!("db drop --env production --url {url}")).await;
}
