//! The commands from end to end, on SQLite in a folder of their own, through the very `App` that users write.

use std::{
    ffi::OsString,
    io::{self, Write},
    path::PathBuf,
    sync::{Arc, Mutex},
};

use arvel_core::{App, CommandGroup, Exit, Plugin, Surroundings, Value};
use serde_json::Value as Json;

use crate::{DatabaseCommands, db, make, output::Streams, prompt::Prompter};

/// What a test sees of a stream.
#[derive(Clone, Default)]
struct Shown(Arc<Mutex<Vec<u8>>>);

impl Shown {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Shown {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Somebody who types this to every question.
struct Typist(Option<String>);

impl Prompter for Typist {
    fn answer(&self) -> io::Result<Option<String>> {
        Ok(self.0.clone())
    }
}

/// [`DatabaseCommands`] with streams that a test can read.
struct Commands(Streams);

impl Plugin for Commands {
    fn name(&self) -> &'static str {
        DatabaseCommands.name()
    }

    fn keys(&self) -> &'static [&'static str] {
        DatabaseCommands.keys()
    }

    fn defaults(&self) -> Vec<(&'static str, Value)> {
        DatabaseCommands.defaults()
    }

    fn commands(&self) -> Vec<Box<dyn CommandGroup>> {
        vec![Box::new(db::Group::new(self.0.clone())), Box::new(make::Group::new(self.0.clone()))]
    }
}

/// A project in a folder of its own.
struct Project {
    home: tempfile::TempDir,
    variables: Vec<(String, String)>,
    typed: Option<String>,
    terminal: bool,
}

/// What a command did.
#[derive(Debug)]
struct Ran {
    exit: Exit,
    out: String,
    err: String,
}

impl Ran {
    fn json(&self) -> Json {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

const USERS: &str = "-- migrate:up\nCREATE TABLE users (id integer PRIMARY KEY, name text);\n\
                     -- migrate:down\nDROP TABLE users;\n";
const POSTS: &str = "-- description: posts of users\n-- migrate:up\nCREATE TABLE posts (id integer PRIMARY KEY);\n\
                     CREATE INDEX posts_id ON posts (id);\n-- migrate:down\nDROP TABLE posts;\n";
const BROKEN: &str =
    "-- migrate:up\nCREATE TABLE a (id integer);\nCREATE TABLE b (id integer,\n  id integer);\n";

impl Project {
    fn empty() -> Self {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("arvel.toml"), "").unwrap();
        Self { home, variables: Vec::new(), typed: None, terminal: false }
    }

    fn new() -> Self {
        Self::empty()
            .file("database/migrations/2026_01_01_000000_create_users_table.sql", USERS)
            .file("database/migrations/2026_01_02_000000_create_posts_table.sql", POSTS)
    }

    fn file(self, path: &str, text: &str) -> Self {
        let path = self.at(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    fn typing(mut self, text: &str) -> Self {
        self.typed = Some(text.to_owned());
        self.terminal = true;
        self
    }

    fn at(&self, path: &str) -> PathBuf {
        self.home.path().join(path)
    }

    fn surroundings(&self) -> Surroundings {
        let bare = Surroundings::bare(self.home.path());
        self.variables.iter().fold(bare, |all, (name, value)| all.variable(name, value))
    }

    async fn run(&self, line: &str) -> Ran {
        let (out, err) = (Shown::default(), Shown::default());
        let (to_out, to_err) = (out.clone(), err.clone());
        let streams = Streams {
            open: Arc::new(move || (Box::new(to_out.clone()), Box::new(to_err.clone()))),
            out_terminal: false,
            err_terminal: self.terminal,
            in_terminal: self.terminal,
            no_color: true,
            prompter: Arc::new(Typist(self.typed.clone())),
        };
        let words = ["app"].into_iter().chain(line.split_whitespace()).map(OsString::from);
        let app = App::new("app").plugin(Commands(streams));
        let exit = app.run_in(words, self.surroundings()).await;
        Ran { exit, out: out.text(), err: err.text() }
    }

    /// Runs a command that must end well.
    async fn ok(&self, line: &str) -> Ran {
        let ran = self.run(line).await;
        assert_eq!(ran.exit, Exit::DONE, "{line}: {ran:?}");
        ran
    }

    async fn states(&self) -> Vec<String> {
        let document = self.ok("db status --json").await.json();
        let migrations = document["migrations"].as_array().unwrap();
        migrations
            .iter()
            .map(|m| format!("{} {}", m["slug"].as_str().unwrap(), m["state"].as_str().unwrap()))
            .collect()
    }
}

/// Durations differ from run to run.
fn without_times(text: &str) -> String {
    let words = text.split(' ').collect::<Vec<_>>();
    let ms = |at: usize| words.get(at + 1).is_some_and(|next| next.trim_end() == "ms");
    let words: Vec<&str> =
        words.iter().enumerate().map(|(at, word)| if ms(at) { "N" } else { word }).collect();
    let text = words.join(" ");
    // The dots fill up what a longer duration takes away.
    let mut out = String::new();
    for c in text.chars() {
        if !(c == '.' && out.ends_with("...")) {
            out.push(c);
        }
    }
    out
}

#[test]
fn the_tree_is_sound_and_every_help_has_an_example() {
    fn check(command: &clap::Command, path: &str) {
        let path = format!("{path} {}", command.get_name());
        let help = command.clone().render_long_help().to_string();
        assert!(help.contains("Example"), "{path}: {help}");
        for below in command.get_subcommands().filter(|below| below.get_name() != "help") {
            check(below, &path);
        }
    }
    // Beside the engine's own plugin, which has the same keys and defaults.
    let app = App::new("app").plugin(arvel_migrate::Migrations::default()).plugin(DatabaseCommands);
    let command = app.clap_command();
    command.clone().debug_assert();
    check(&command, "");
}

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
async fn the_guard_fires_from_the_command_line() {
    let production = || Project::new().variable("ARVEL_ENV", "production");
    let commands = [
        "db fresh",
        "db wipe",
        "db reset",
        "db refresh",
        "db rollback",
        "db rollback --steps all",
        "db downgrade base",
        "db drop",
        "db seed",
        "db migrate --seed",
    ];
    for command in commands {
        // No terminal: refused, and nothing is done.
        let project = production();
        project.ok("db migrate").await;
        let ran = project.run(command).await;
        assert_eq!(ran.exit, Exit::REFUSED, "{command}: {ran:?}");
        assert!(ran.err.starts_with("error: ") && ran.err.contains("production guard"), "{}", ran.err);
        assert!(ran.err.contains("--force"), "{}", ran.err);
        assert_eq!(project.states().await, ["create_users_table applied", "create_posts_table applied"]);

        // The stamp in the database speaks when the process does not, and `--yes` is no consent.
        let project = Project { variables: Vec::new(), ..project };
        let ran = project.run(&format!("{command} --yes")).await;
        assert_eq!(ran.exit, Exit::REFUSED, "{command}: {ran:?}");
        assert!(ran.err.contains("the database is stamped `production`"), "{}", ran.err);

        // A terminal: another name refuses, the right one goes on.
        let project = project.typing("app");
        let ran = project.run(command).await;
        assert_eq!(ran.exit, Exit::REFUSED, "{command}: {ran:?}");
        for shown in
            ["driver       SQLite", "app.db", "development (process), production (stamp", "type `app.db`"]
        {
            assert!(ran.err.contains(shown), "{shown}: {}", ran.err);
        }
        let project = project.typing("app.db");
        project.ok(command).await;

        let project = production();
        project.ok("db migrate").await;
        project.ok(&format!("{command} --force")).await;
    }
}

#[tokio::test]
async fn what_is_prohibited_stays_prohibited() {
    let project = Project::new().file("arvel.toml", "[migrations]\nprohibit_destructive = true\n");
    project.ok("db migrate").await;
    for command in ["fresh", "wipe", "reset", "refresh", "drop", "rollback --steps all", "downgrade base"] {
        let ran = project.run(&format!("db {command} --force")).await;
        assert_eq!(ran.exit, Exit::REFUSED, "{command}: {ran:?}");
        assert!(ran.err.contains("`migrations.prohibit_destructive` (`arvel.toml` line 2)"), "{}", ran.err);
    }
    project.ok("db rollback").await;
    for command in ["fresh", "wipe", "reset", "refresh", "drop"] {
        project.ok(&format!("db {command} --dry-run")).await;
    }
}

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
        .file("other/2025_01_03_000000_tags.sql", "-- migrate:up\nCREATE TABLE tags (id integer);\n");
    let other = project.at("other");
    let ran = project.ok(&format!("db migrate --path {} --url sqlite:second.db", other.display())).await;
    assert_eq!(without_times(&ran.err), "[1/1] 2025_01_03_000000_tags ... N ms DONE\n");
    assert!(project.at("second.db").exists() && !project.at("database/app.db").exists());
}

#[tokio::test]
async fn make_works_while_the_configuration_is_broken() {
    let project =
        Project::empty().file("arvel.toml", "[nonsense]\nx = 1\n[migrations]\npath = 'db/changes'\n");
    let ran = project.run("db status").await;
    assert_eq!(ran.exit, Exit::CONFIGURATION);
    assert!(ran.err.starts_with("error: unknown key `nonsense.x`"), "{}", ran.err);
    let ran = project.run("db status --json").await;
    assert_eq!((ran.json()["error"]["exit"].clone(), ran.err.as_str()), (3.into(), ""));

    let ran = project.ok("make migration create_posts_table title:string --json").await;
    let created = ran.json()["created"][0].as_str().unwrap().to_owned();
    assert!(created.starts_with("db/changes/2") && created.ends_with("_create_posts_table.rs"), "{created}");
    assert!(project.at(&created).is_file() && project.at("db/changes/mod.rs").is_file());
    let ran = project.ok("make migration add_x --sql --dry-run").await;
    assert!(ran.out.contains("-- migrate:up") && ran.err.contains("nothing was done"), "{ran:?}");
    project.ok("make migration add_x --sql").await;
    project.ok("make seeder demo").await;
    assert!(project.at("database/seeders/demo.rs").is_file());
    std::fs::remove_file(project.at(&created)).unwrap();
    let ran = project.ok("make sync").await;
    assert!(ran.err.contains("no longer lists"), "{}", ran.err);
    assert_eq!(project.ok("make sync").await.out, "the lists are up to date\n");
    let ran = project.run("make migration create_posts_table title:strong").await;
    assert_eq!(ran.exit, Exit::USAGE);
    assert!(ran.err.contains("  hint: "), "{}", ran.err);
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
async fn publish_without_packages_says_why() {
    let project = Project::new();
    let ran = project.ok("db publish").await;
    assert_eq!(ran.out, "nothing to publish: no linked package bundles migrations\n");
    let document = project.ok("db publish --json").await.json();
    let expected = serde_json::json!({
        "format": 1, "command": "publish", "decisions": [], "also_needed": [], "folder": "database/migrations",
        "created": [], "overwritten": [], "dry_run": false,
    });
    assert_eq!(document, expected);
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
