//! Several databases: which are meant, a section for each, and how the whole ends.

use super::*;

const VISITS: &str =
    "-- migrate:up\nCREATE TABLE visits (id integer PRIMARY KEY);\n-- migrate:down\nDROP TABLE visits;\n";
const ENTRIES: &str = "-- database: audit\n-- migrate:up\nCREATE TABLE entries (id integer);\n-- migrate:down\nDROP TABLE entries;\n";
const TOML: &str = "[databases.reporting]\nurl = 'sqlite://database/reporting.db'\npath = 'database/reporting'\n\
                    [databases.audit]\nurl = 'sqlite://database/audit.db'\n";

/// `default` with two migrations, `reporting` with one in its folder, `audit` with one in the shared folder.
fn three() -> Project {
    Project::new()
        .file("arvel.toml", TOML)
        .file("database/reporting/2026_01_01_000000_create_visits_table.sql", VISITS)
        .file("database/migrations/2026_01_03_000000_create_entries_table.sql", ENTRIES)
}

/// What each database of a document has at a pointer.
fn of_each(document: &Json, at: &str) -> Vec<String> {
    let entries = document["databases"].as_array().unwrap_or_else(|| panic!("{document}"));
    entries
        .iter()
        .map(|entry| {
            format!("{} {}", entry["name"].as_str().unwrap(), entry.pointer(at).unwrap_or(&Json::Null))
        })
        .collect()
}

#[tokio::test]
async fn each_has_its_own_history() {
    let project = three();
    project.ok("db migrate").await;
    assert_eq!(project.states().await, ["create_users_table applied", "create_posts_table applied"]);
    assert!(!project.at("database/reporting.db").exists() && !project.at("database/audit.db").exists());

    let ran = project.ok("db migrate --all-databases").await;
    let expected = "database `default`\nnothing to migrate: everything is applied\n\n\
                    database `reporting`\napplied `2026_01_01_000000_create_visits_table` in N ms (batch 1)\n\n\
                    database `audit`\napplied `2026_01_03_000000_create_entries_table` in N ms (batch 1)\n\n\
                    3 databases: 3 done\n  default    done\n  reporting  done\n  audit      done\n";
    assert_eq!(without_times(&ran.out), expected);

    let document = project.ok("db status --all-databases --json").await.json();
    assert_eq!(document["exit"], 0);
    assert_eq!(
        of_each(&document, "/migrations/0/slug"),
        [
            "default \"create_users_table\"",
            "reporting \"create_visits_table\"",
            "audit \"create_entries_table\"",
        ]
    );
    assert_eq!(
        of_each(&document, "/command"),
        ["default \"status\"", "reporting \"status\"", "audit \"status\""]
    );
    assert_eq!(
        of_each(&document, "/database/name"),
        ["default \"default\"", "reporting \"reporting\"", "audit \"audit\""]
    );
    assert_eq!(of_each(&document, "/migrations/0/line")[1], "reporting \"database:reporting\"");

    // One is the ordinary case, with the ordinary document.
    let document = project.ok("db status --database audit --json").await.json();
    assert_eq!((&document["database"]["name"], &document["pending"]), (&"audit".into(), &0.into()));
    // Two, in the order in which they are named.
    let document =
        project.ok("db heads --database audit --database reporting --database audit --json").await.json();
    assert_eq!(of_each(&document, "/exit"), ["audit 0", "reporting 0"]);
}

#[tokio::test]
async fn targets_are_resolved_in_each() {
    let project = three();
    project.ok("db migrate heads --all-databases").await;
    project.ok("db downgrade base --all-databases").await;
    let document = project.ok("db migrate +1 --all-databases --json").await.json();
    assert_eq!(
        of_each(&document, "/steps/0/state"),
        ["default \"done\"", "reporting \"done\"", "audit \"done\""]
    );
    project.ok("db rollback --steps 1 --all-databases").await;

    let ran = project.run("db migrate create_visits_table --all-databases").await;
    assert_eq!(ran.exit, Exit::SOME_FAILED);
    let lines: Vec<&str> = ran.out.lines().rev().take(4).collect();
    assert_eq!(lines[3], "3 databases: 1 done, 2 failed", "{ran:?}");
    let unknown = "failed with exit code 4: no revision, label or slug is called `create_visits_table`";
    assert_eq!(lines[2], format!("  default    {unknown}"));
    assert_eq!(lines[0], format!("  audit      {unknown}"));
    assert_eq!(lines[1], "  reporting  done");
    assert!(ran.err.contains("  database: `audit`\n"), "{}", ran.err);
}

#[tokio::test]
async fn a_failure_in_one_does_not_hide_the_others() {
    let broken = three().file("database/reporting/2026_01_02_000000_broken.sql", BROKEN);
    let ran = broken.run("db migrate --all-databases --json").await;
    assert_eq!(ran.exit, Exit::SOME_FAILED);
    let document = ran.json();
    assert_eq!(of_each(&document, "/exit"), ["default 0", "reporting 1", "audit 0"]);
    assert_eq!(of_each(&document, "/error/code")[1], "reporting \"migration.failed\"");
    assert_eq!(document["exit"], 10);
    // The card is told at once, in the words of that database.
    assert!(ran.err.contains("error: `2026_01_02_000000_broken` failed on its way up\n"), "{}", ran.err);
    assert!(
        ran.err.contains("hint: mend the migration, then run `db migrate --database reporting` again"),
        "{}",
        ran.err
    );

    let ran = broken.run("db migrate --all-databases --fail-fast --json").await;
    assert_eq!(of_each(&ran.json(), "/exit"), ["default 0", "reporting 1", "audit null"]);
    assert_eq!(ran.exit, Exit::SOME_FAILED);
    // All that were begun failed, with one code: that one.
    let ran = broken.run("db migrate --database reporting --database audit --fail-fast").await;
    assert_eq!(ran.exit, Exit::FAILED);
    assert!(ran.out.contains("2 databases: 1 failed, 1 not begun\n"), "{}", ran.out);

    let ran = broken.run("db status --pending --all-databases --json").await;
    assert_eq!(
        (ran.exit, of_each(&ran.json(), "/exit")),
        (Exit::DIFFERENCES, vec!["default 0".into(), "reporting 8".into(), "audit 0".into()])
    );
}

#[tokio::test]
async fn a_folder_that_is_not_there_is_one_database_s_affair() {
    let project =
        Project::new().file("arvel.toml", "[databases.reporting]\nurl = 'sqlite:r.db'\npath = 'nowhere'\n");
    let ran = project.run("db status --all-databases --json").await;
    assert_eq!(ran.exit, Exit::SOME_FAILED);
    assert_eq!(of_each(&ran.json(), "/error/code"), ["default null", "reporting \"catalog.no_folder\""]);
    assert!(ran.err.contains("hint: `make migration NAME --database reporting` makes it"), "{}", ran.err);
    // What is about the database itself needs no files.
    project.ok("db create --database reporting").await;
    project.ok("db drop --database reporting --force").await;
    project.ok("make migration create_visits_table --database reporting").await;
    let module = std::fs::read_to_string(project.at("nowhere/mod.rs")).unwrap();
    assert!(module.contains("arvel_migrate::line!(\"database:reporting\");"), "{module}");
}

#[tokio::test]
async fn what_makes_no_sense_is_refused() {
    let project = three();
    let table = [
        ("db status --database reportng", Exit::CONFIGURATION, "there is no database `reportng`"),
        ("db status --database reportng --url sqlite:x.db", Exit::CONFIGURATION, "did you mean `reporting`?"),
        ("db migrate --url sqlite:x.db --all-databases", Exit::USAGE, "`--url` is one database"),
        ("db migrate --path database/migrations --all-databases", Exit::USAGE, "`--path` selects from"),
        ("db migrate --path database/reporting", Exit::USAGE, "is in the folder of the database `reporting`"),
        ("db migrate --sql --all-databases", Exit::USAGE, "add `--output DIR`"),
        ("db revision -m x --all-databases", Exit::USAGE, "writes into one folder"),
        ("db publish --database audit --database default", Exit::USAGE, "writes into one folder"),
        ("db publish --database audit", Exit::USAGE, "has no folder of its own to publish to"),
        ("db seed --class x --all-databases", Exit::USAGE, "runs one seeder"),
        ("db init --database audit", Exit::USAGE, "is about the project"),
        ("make migration x --database reportng", Exit::CONFIGURATION, "did you mean `reporting`?"),
        ("make migration x --database audit --path database/reporting", Exit::USAGE, "and not of `audit`"),
        (
            "db revision -m x --database reporting --version-path database/migrations",
            Exit::USAGE,
            "folder of the database `default`",
        ),
    ];
    for (line, exit, part) in table {
        let ran = project.run(line).await;
        assert_eq!(ran.exit, exit, "{line}: {ran:?}");
        assert!(ran.err.contains(part), "{line}: {}", ran.err);
    }
    assert_eq!(project.run("db status --database audit --all-databases").await.exit, Exit::USAGE);
    let variable = three().variable("ARVEL_DATABASES__REPORTING__URL", "sqlite://database/other.db");
    variable.ok("db migrate --database reporting").await;
    assert!(variable.at("database/other.db").exists());
    variable.ok("db migrate --database reporting --url sqlite://database/third.db").await;
    assert!(variable.at("database/third.db").exists());
}

#[tokio::test]
async fn a_header_for_a_database_that_there_is_not() {
    let project =
        Project::new().file("database/migrations/2026_01_03_000000_create_entries_table.sql", ENTRIES);
    let ran = project.run("db migrate").await;
    assert_eq!(ran.exit, Exit::CONFIGURATION);
    for part in
        ["create_entries_table.sql` is for the database `audit`", "set `url` under `[databases.audit]`"]
    {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    assert!(!project.at("database/app.db").exists());
}

#[tokio::test]
async fn files_are_written_where_they_belong() {
    let project = three();
    project.ok("make migration create_pages_table --database reporting").await;
    project.ok("db revision -m create_notes_table --database audit --sql").await;
    project.ok("make migration create_carts_table --database default").await;
    let written = |folder: &str, slug: &str| -> (String, String) {
        let mut names = std::fs::read_dir(project.at(folder)).unwrap().map(|entry| entry.unwrap().path());
        let path =
            names.find(|path| path.to_string_lossy().contains(slug)).unwrap_or_else(|| panic!("no {slug}"));
        (path.file_name().unwrap().to_string_lossy().into_owned(), std::fs::read_to_string(path).unwrap())
    };
    let (_, pages) = written("database/reporting", "create_pages_table");
    let (_, notes) = written("database/migrations", "create_notes_table");
    let (_, carts) = written("database/migrations", "create_carts_table");
    assert!(
        !pages.contains("database")
            && notes.starts_with("-- database: audit\n")
            && !carts.contains("database")
    );
    // A graph of its own: the heads of one database are no heads of another.
    let document = project.ok("db heads --database audit --json").await.json();
    assert_eq!(document["migrations"].as_array().map(Vec::len), Some(1), "{document}");
    let ran = project.run("make migration more --database audit --head create_users_table").await;
    assert_eq!(ran.exit, Exit::GRAPH, "{ran:?}");
    project.ok("make sync").await;
    // Only the files of the database that is named go.
    project.ok("db clear --files --force --database audit").await;
    let left: Vec<String> = std::fs::read_dir(project.at("database/migrations"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| name.contains("create_"))
        .collect();
    assert_eq!(left.len(), 3, "{left:?}");
    assert!(left.iter().all(|name| !name.contains("entries") && !name.contains("notes")), "{left:?}");
}

#[tokio::test]
async fn a_script_for_each() {
    let project = three();
    let folder = project.at("scripts").display().to_string();
    let ran = project.ok(&format!("db migrate --sql --all-databases --output {folder}")).await;
    assert_eq!(ran.out.matches("wrote `").count(), 3, "{}", ran.out);
    let reporting = std::fs::read_to_string(project.at("scripts/reporting.sql")).unwrap();
    assert!(reporting.contains("db migrate --sql base:heads --database reporting for "), "{reporting}");
    assert!(reporting.contains("CREATE TABLE visits") && !reporting.contains("users"), "{reporting}");
    let ran = project.run(&format!("db migrate --sql --database audit --output {folder}")).await;
    assert_eq!(ran.exit, Exit::REFUSED);
    assert!(ran.err.contains("scripts/audit.sql` is there already"), "{}", ran.err);
    assert!(!project.at("database/app.db").exists(), "nothing is connected to");
}

#[tokio::test]
async fn a_project_with_two() {
    let project = Project::empty();
    std::fs::remove_file(project.at("arvel.toml")).unwrap();
    let ran = project.ok("db init --multi").await;
    assert!(ran.out.contains("wrote `database/reporting/mod.rs`\n"), "{}", ran.out);
    assert!(ran.err.contains("pub mod reporting_migrations;"), "{}", ran.err);
    project.ok("make migration create_visits_table --database reporting --path database/reporting").await;
    assert_eq!(project.run("db init --multi").await.exit, Exit::REFUSED);

    let one = Project::new();
    let ran = one.run("db init --multi").await;
    assert_eq!(ran.exit, Exit::REFUSED);
    assert!(ran.err.contains("hint: add `[databases.reporting]` with"), "{}", ran.err);
    assert!(!one.at("build.rs").exists());
}

/// Two names of one database, each with tables and a history of its own.
#[tokio::test]
async fn who_lives_in_one_database_is_not_dropped_by_the_other() {
    let toml = "[databases.audit]\nurl = 'sqlite://database/app.db'\ntable = 'audit'\n";
    let project = Project::new()
        .file("arvel.toml", toml)
        .file("database/migrations/2026_01_03_000000_create_entries_table.sql", ENTRIES);
    project.ok("db migrate --all-databases").await;
    for line in ["db fresh --yes --force", "db wipe --force --database audit", "db drop --force"] {
        let ran = project.run(line).await;
        assert_eq!(ran.exit, Exit::REFUSED, "{line}: {ran:?}");
        assert!(ran.err.contains("keeps its tables and its history in the same database"), "{}", ran.err);
    }
    project.ok("db refresh --all-databases --yes").await;
    project.ok("db reset --database audit --yes").await;
    assert_eq!(project.states().await, ["create_users_table applied", "create_posts_table applied"]);
}

#[tokio::test]
async fn the_guard_and_the_doctor_are_about_each() {
    let project = three().variable("ARVEL_ENV", "production");
    project.ok("db migrate --all-databases").await;
    let ran = project.run("db fresh --all-databases").await;
    assert_eq!(ran.exit, Exit::REFUSED);
    assert!(ran.out.contains("3 databases: 3 failed\n"), "{}", ran.out);
    let ran = three().run("db doctor --all-databases --json").await;
    let checks = of_each(&ran.json(), "/checks/1/text");
    assert!(checks[1].contains("`database/reporting` has no `mod.rs`"), "{checks:?}");
}
