//! Several databases of different kinds in one project, and what is shown of each.

use arvel_migrate::testing::{Engine, TestDatabase};
use tokio::runtime::Runtime;

use crate::project::{Project, table};

const TOML: &str = "[databases.default]\n[databases.reporting]\npath = 'database/reporting'\n\
                    [databases.audit]\ntable = 'book'\n";

/// A database for each kind; `None` when a server can not be reached.
fn databases(runtime: &Runtime) -> Option<Vec<TestDatabase>> {
    [Engine::SQLITE, Engine::POSTGRES, Engine::MYSQL]
        .into_iter()
        .map(|engine| runtime.block_on(TestDatabase::create(engine)).unwrap())
        .collect()
}

/// `default` has users and posts, `reporting` visits in its folder, `audit` entries in the shared folder.
fn project(databases: &[TestDatabase]) -> Project {
    let of_audit = format!("-- database: audit\n{}", table("3_entries"));
    let [default, reporting, audit] = databases else { panic!("three databases") };
    Project::new()
        .file("arvel.toml", TOML)
        .migration("1_users", &table("1_users"))
        .migration("2_posts", &table("2_posts"))
        .migration("3_entries", &of_audit)
        .file("database/reporting/1_visits.sql", &table("1_visits"))
        .variable("ARVEL_DATABASES__DEFAULT__URL", &default.url_text())
        .variable("ARVEL_DATABASES__REPORTING__URL", &reporting.url_text())
        .variable("ARVEL_DATABASES__AUDIT__URL", &audit.url_text())
}

/// The tables that each database has.
fn tables(runtime: &Runtime, databases: &[TestDatabase]) -> Vec<Vec<String>> {
    let of = |database: &TestDatabase| {
        runtime.block_on(async {
            let schema = database.connect().await.unwrap().schema().await.unwrap();
            schema.tables.keys().map(ToString::to_string).filter(|name| !name.contains("migration")).collect()
        })
    };
    databases.iter().map(of).collect()
}

#[test]
fn three_kinds_in_one_project() {
    let runtime = Runtime::new().unwrap();
    let Some(databases) = databases(&runtime) else { return };
    let mut project = project(&databases);
    let tables = || tables(&runtime, &databases);
    project.refused(&["db", "migrate", "--all-databases", "--dry-run"], 0);
    assert_eq!(tables(), [[""; 0]; 3]);
    project.run(&["db", "migrate", "--all-databases"], 0);
    assert_eq!(tables(), [vec!["posts", "users"], vec!["visits"], vec!["entries"]]);
    project
        .refused(&["db", "status", "--all-databases"], 0)
        .refused(&["db", "current", "--check-heads", "--all-databases"], 0)
        .refused(&["db", "heads", "--database", "audit", "--database", "reporting"], 0)
        // The history of `audit` is in its own tables: without it, that database is one that nobody migrated.
        .refused(&["db", "history", "-i", "--database", "audit"], 0)
        .run(&["db", "rollback", "--database", "reporting"], 0)
        .refused(&["db", "status", "--pending", "--all-databases", "--quiet"], 8)
        .run(&["db", "migrate", "visits", "--all-databases"], 10)
        .run(&["db", "refresh", "--all-databases", "--yes"], 0)
        .run(&["db", "fresh", "--database", "audit", "--database", "default", "--yes"], 0)
        .run(&["db", "downgrade", "base", "--all-databases", "--yes"], 0);
    assert_eq!(tables(), [[""; 0]; 3]);
    let rows = runtime.block_on(async {
        let mut db = databases[2].connect().await.unwrap();
        db.fetch_all("SELECT count(*) FROM book_migrations", &[]).await.unwrap()
    });
    assert_eq!(rows[0].at(0), Some("0"));
    project.snapshot("three_kinds_in_one_project");
}

/// The server of the second does not answer: the others are migrated all the same.
#[test]
fn one_server_is_down() {
    let runtime = Runtime::new().unwrap();
    let Some(databases) = databases(&runtime) else { return };
    let mut project = project(&databases);
    // Port 1 answers to nobody.
    project.set("ARVEL_DATABASES__REPORTING__URL", "postgres://app:secret@127.0.0.1:1/reports");
    project.run(&["db", "migrate", "--all-databases"], 10);
    assert_eq!(tables(&runtime, &databases), [vec!["posts", "users"], vec![], vec!["entries"]]);
    project
        .refused(&["db", "status", "--all-databases"], 10)
        .refused(&["db", "migrate", "--all-databases", "--fail-fast"], 10)
        .refused(&["db", "status", "--database", "reporting"], 1);
    let document = project.document(&["db", "status", "--all-databases", "--json"], 10);
    assert_eq!(document["databases"][1]["error"]["code"], "database.unreachable", "{document}");
    assert_eq!(document["databases"][2]["pending"], 0);
    // Said once, where the variable was set.
    assert_eq!(project.transcript().matches("secret").count(), 1, "{}", project.transcript());
}

/// Ctrl-C in the first database: the others are not begun, and the whole is interrupted.
#[test]
fn interrupted_in_the_first() {
    let Some(project) = Project::on(Engine::POSTGRES) else { return };
    let mut project = project
        .applied(&["1_a"])
        .file(
            "arvel.toml",
            "[databases.reporting]\nurl = 'sqlite://database/app.db'\npath = 'database/reporting'\n",
        )
        .migration("2_slow", &crate::interrupted::slow(Engine::POSTGRES))
        .file("database/reporting/1_visits.sql", &table("1_visits"));
    let args = ["db", "migrate", "--all-databases"];
    let child = project.start(&args);
    project.wait_for_a_migrator();
    std::thread::sleep(std::time::Duration::from_millis(400));
    let sent = std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let output = child.wait_with_output().unwrap();
    project.note(&args, &output);
    assert_eq!(output.status.code(), Some(130), "{}", project.transcript());
    let shown = String::from_utf8_lossy(&output.stdout);
    assert!(shown.contains("2 databases: 1 failed, 1 not begun\n"), "{}", project.transcript());
    assert!(!project.at("database/app.db").exists());
    project.run(&args, 0);
}
