//! The documents of `--json`, and the card beside them.

use super::*;

#[tokio::test]
async fn a_failure_is_a_card() {
    let project = Project::new().file("database/migrations/2026_01_03_000000_broken.sql", BROKEN);
    let ran = project.run("db migrate").await;
    assert_eq!(ran.exit, Exit::FAILED);
    assert!(
        without_times(&ran.err).contains("[3/3] 2026_01_03_000000_broken ... N ms FAIL\n"),
        "{}",
        ran.err
    );
    for part in [
        "error: `2026_01_03_000000_broken` failed on its way up\n",
        "\n  --> database/migrations/2026_01_03_000000_broken.sql:3\n",
        " 3 | CREATE TABLE b (id integer,\n",
        "duplicate column name: id",
        "rolled back: the schema is as it was before this migration\n",
        "applied before it: `2026_01_01_000000_create_users_table`, `2026_01_02_000000_create_posts_table`\n",
        "hint: mend the migration, then run `db migrate` again\n",
    ] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    assert_eq!(ran.out, "");

    let ran = project.run("db migrate --json").await;
    assert_eq!((ran.exit, ran.err.as_str()), (Exit::FAILED, ""));
    let document = ran.json();
    assert_eq!((&document["format"], &document["command"]), (&1.into(), &"migrate".into()));
    let error = &document["error"];
    assert_eq!((&error["code"], &error["exit"]), (&"migration.failed".into(), &1.into()));
    assert_eq!((&error["failure"]["line"], &error["failure"]["rolled_back"]), (&3.into(), &true.into()));
}

#[tokio::test]
async fn sql_that_can_not_be_split_has_a_place() {
    let file = "database/migrations/2026_01_03_000000_open.sql";
    let project = Project::new().file(file, "-- migrate:up\nSELECT 1;\nSELECT 'open;\n-- end\n");
    let ran = project.run("db migrate").await;
    assert_eq!(ran.exit, Exit::FAILED);
    for part in [
        "error: `2026_01_03_000000_open`: the quote ' that opens here is never closed\n",
        "\n  --> database/migrations/2026_01_03_000000_open.sql:3:8\n",
        " 3 | SELECT 'open;\n",
        "\n  = line 4: the text ends here, still inside of it\n  nothing of this plan has run\n  hint: close it",
    ] {
        assert!(ran.err.contains(part), "{part}: {}", ran.err);
    }
    let error = project.run("db migrate --json").await.json()["error"].clone();
    let expected = serde_json::json!({
        "path": file, "line": 3, "column": 8, "line_of_file": true,
        "notes": [{ "line": 4, "text": "the text ends here, still inside of it" }],
    });
    assert_eq!((&error["code"], &error["sql"]), (&"migration.sql".into(), &expected));
}

#[tokio::test]
async fn the_documents_of_json() {
    let project = Project::new();
    let document = project.ok("db migrate --dry-run --json").await.json();
    let step = |revision: &str, direction: &str, state: &str, statements: Json| {
        serde_json::json!({
            "revision": revision, "direction": direction, "state": state, "late": false,
            "statements": statements, "duration_ms": 0,
        })
    };
    let (users, posts) = ("2026_01_01_000000_create_users_table", "2026_01_02_000000_create_posts_table");
    let sql = serde_json::json!(["CREATE TABLE users (id integer PRIMARY KEY, name text)"]);
    let both = serde_json::json!([
        "CREATE TABLE posts (id integer PRIMARY KEY)",
        "CREATE INDEX posts_id ON posts (id)"
    ]);
    let expected = serde_json::json!({
        "format": 1, "command": "migrate",
        "steps": [step(users, "up", "planned", sql), step(posts, "up", "planned", both)],
        "batch": null, "dry_run": true,
    });
    assert_eq!(document, expected);
    assert!(!project.at("database/app.db").exists(), "a dry run writes nothing");

    let document = project.ok("db migrate --json").await.json();
    assert_eq!((&document["batch"], &document["dry_run"]), (&1.into(), &false.into()));
    assert_eq!(document["steps"][1]["state"], "done");

    let document = project.ok("db status --json").await.json();
    let migration = &document["migrations"][1];
    let keys: Vec<&String> = migration.as_object().unwrap().keys().collect();
    let expected = [
        "revision",
        "slug",
        "description",
        "line",
        "state",
        "batch",
        "applied_at",
        "duration_ms",
        "checksum",
        "origin",
        "parents",
        "depends_on",
        "labels",
        "path",
    ];
    assert_eq!(keys, expected);
    assert_eq!(migration["description"], "posts of users");
    assert_eq!(migration["parents"], serde_json::json!([users]));
    assert_eq!(migration["path"], format!("database/migrations/{posts}.sql"));
    assert_eq!(
        (&document["heads"], &document["current"]),
        (&serde_json::json!([posts]), &serde_json::json!([posts]))
    );
    assert_eq!((&document["pending"], &document["database"]["driver"]), (&0.into(), &"SQLite".into()));
    for (command, steps) in [("rollback", 1), ("refresh", 3), ("reset", 2), ("fresh", 2), ("wipe", 0)] {
        let document = project.ok(&format!("db {command} --json")).await.json();
        assert_eq!(document["command"], command);
        assert_eq!(document["steps"].as_array().map_or(0, Vec::len), steps, "{document}");
        assert_eq!(document["dropped"].is_array(), matches!(command, "fresh" | "wipe"));
    }
}

#[tokio::test]
async fn publish_without_packages_says_why() {
    let project = Project::new();
    let ran = project.ok("db publish").await;
    assert_eq!(ran.out, "nothing to publish: no linked package bundles migrations\n");
    let document = project.ok("db publish --json").await.json();
    let expected = serde_json::json!({
        "format": 1, "command": "publish", "decisions": [], "also_needed": [], "packages": [],
        "silent": [], "folder": "database/migrations",
        "created": [], "overwritten": [], "dry_run": false,
    });
    assert_eq!(document, expected);
}
