//! `--json`: what each command really prints, held to the schema that the book publishes for it.

use std::{cell::RefCell, collections::BTreeSet, fs, path::Path, process::Command as Process};

use arvel_migrate::testing::Engine;
use jsonschema::Validator;
use serde_json::Value;

use crate::project::{Project, table};

/// The published schemas, and which of them something was held to.
struct Schemas {
    all: Vec<(String, Validator)>,
    used: RefCell<BTreeSet<String>>,
}

impl Schemas {
    fn read() -> Self {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/src/reference/json");
        let read = |path: &Path| {
            let schema: Value = serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
            let name = path.file_name().unwrap().to_string_lossy().replace(".schema.json", "");
            (name, jsonschema::validator_for(&schema).unwrap())
        };
        let all = fs::read_dir(folder).unwrap().map(|entry| read(&entry.unwrap().path())).collect();
        Self { all, used: RefCell::default() }
    }

    /// What is wrong with a document, and with those in it.
    fn complaints(&self, document: &Value) -> Vec<String> {
        let Some(databases) = document["databases"].as_array() else { return self.of_one(document) };
        let ordinary = databases.iter().filter(|answer| !answer["exit"].is_null()).map(|answer| {
            let mut answer = answer.as_object().unwrap().clone();
            answer.retain(|name, _| !matches!(name.as_str(), "name" | "exit"));
            Value::Object(answer)
        });
        let each = ordinary.flat_map(|document| self.of_one(&document)).collect::<Vec<_>>();
        each.into_iter().chain(self.of_one(document)).collect()
    }

    fn of_one(&self, document: &Value) -> Vec<String> {
        let name = match &document["error"] {
            Value::Null if document["databases"].is_array() => "several".to_owned(),
            Value::Null => document["command"].as_str().unwrap_or_default().replace(' ', "-"),
            _ => "error".to_owned(),
        };
        let Some((_, schema)) = self.all.iter().find(|(known, _)| *known == name) else {
            return vec![format!("`{name}` has no schema")];
        };
        self.used.borrow_mut().insert(name);
        schema.iter_errors(document).map(|error| format!("{}: {error}", error.instance_path())).collect()
    }

    /// Runs a command, and answers with its document, which is as its schema says.
    fn run(&self, project: &mut Project, words: &str, code: i32) -> Value {
        let mut args: Vec<String> = crate::project::words(words);
        args.push("--json".to_owned());
        let args: Vec<&str> = args.iter().map(String::as_str).collect();
        let document = project.document(&args, code);
        let complaints = self.complaints(&document);
        assert!(complaints.is_empty(), "{words}: {complaints:#?}\n{document:#}");
        document
    }

    fn run_all(&self, project: &mut Project, lines: &[(&str, i32)]) {
        for (words, code) in lines {
            self.run(project, words, *code);
        }
    }
}

#[test]
fn every_document_is_as_its_schema_says() {
    let schemas = Schemas::read();
    of_files(&schemas);
    of_a_history(&schemas);
    of_errors(&schemas);
    of_an_interruption(&schemas);
    of_packages(&schemas);
    of_several(&schemas);
    let known: BTreeSet<String> = schemas.all.iter().map(|(name, _)| name.clone()).collect();
    assert_eq!(schemas.used.into_inner(), known, "a schema that no document was held to");
}

fn of_files(schemas: &Schemas) {
    let mut empty = Project::empty().variable("VISUAL", "true");
    schemas.run_all(&mut empty, &[("db init --dry-run", 0), ("db init", 0), ("db init", 7)]);
    let mut project = Project::new().migration("1_users", &table("1_users")).variable("VISUAL", "true");
    schemas.run_all(
        &mut project,
        &[
            ("make sync", 0),
            ("make sync", 0),
            ("make migration create_posts_table title:string user:references --dry-run", 0),
            ("make migration create_posts_table --sql", 0),
            ("make migration begin_search --sql --head 1_users --splice --branch-label search", 0),
            ("make seeder demo_posts --dry-run", 0),
            ("make seeder demo_posts", 0),
            ("make package acme-billing --dry-run", 0),
            ("make package acme-billing", 0),
            ("db revision -m 'Add the tags' --sql --head base --rev-id tags --dry-run", 0),
            ("db revision -m 'Add the tags' --sql --head base --rev-id tags", 0),
            ("db merge heads --sql --dry-run", 0),
            ("db merge heads --sql -m 'join all'", 0),
            ("db edit tags", 0),
            ("db delete join_all --dry-run", 0),
            ("db delete join_all --yes --force", 0),
            ("db list-templates", 0),
        ],
    );
    fs::remove_file(project.at("database/migrations/1_users.sql")).unwrap();
    let synced = schemas.run(&mut project, "make sync", 0);
    assert_eq!(synced["unlisted"][0], "database/migrations/1_users.sql");
}

fn of_several(schemas: &Schemas) {
    let toml = "[databases.reporting]\nurl = 'sqlite:r.db'\npath = 'reporting'\n[databases.audit]\nurl = 'sqlite:a.db'\n";
    let mut project = Project::new()
        .file("arvel.toml", toml)
        .migration("1_users", &table("1_users"))
        .file("reporting/1_visits.sql", &table("1_visits"));
    schemas.run_all(
        &mut project,
        &[
            ("db migrate --dry-run --all-databases", 0),
            ("db migrate --sql --output scripts --all-databases", 0),
            ("db migrate --all-databases", 0),
            ("db status --all-databases", 0),
            ("db doctor --database default --database audit", 0),
        ],
    );
    project.write("reporting/2_broken.sql", "-- migrate:up\nCREATE TABLE visits (id int);\n");
    schemas.run(&mut project, "db migrate --all-databases", 10);
    let stopped =
        schemas.run(&mut project, "db migrate --fail-fast --database reporting --database audit", 1);
    assert!(stopped["databases"][1]["exit"].is_null());
}

fn of_a_history(schemas: &Schemas) {
    let text = "-- description: all that SQLite has\n-- migrate:up\n\
                CREATE TABLE users (id integer PRIMARY KEY AUTOINCREMENT, email varchar(190) NOT NULL UNIQUE);\n\
                CREATE TABLE posts (id integer PRIMARY KEY, user_id integer REFERENCES users (id) ON DELETE CASCADE, \
                title text NOT NULL DEFAULT 'x' COLLATE NOCASE CHECK (length(title) > 0), \
                short text GENERATED ALWAYS AS (substr(title, 1, 3)) STORED);\n\
                CREATE INDEX posts_title ON posts (title DESC) WHERE user_id IS NOT NULL;\n\
                CREATE VIEW titles AS SELECT title FROM posts;\n\
                CREATE TRIGGER quiet AFTER DELETE ON posts BEGIN DELETE FROM users; END;\n\
                -- migrate:down\nDROP VIEW titles;\nDROP TABLE posts;\nDROP TABLE users;\n";
    let mut project = Project::new()
        .migration("1_blog", text)
        .migration("2_tags", &format!("-- labels: tagging\n{}", table("2_tags")))
        .migration("3_carts", &format!("-- parents: 1_blog\n-- depends_on: 2_tags\n{}", table("3_carts")));
    schemas.run_all(
        &mut project,
        &[
            ("db create", 0),
            ("db ensure-version --dry-run", 0),
            ("db ensure-version --sql", 0),
            ("db stamp --purge --sql heads", 0),
            ("db ensure-version", 0),
            ("db ensure-version --sql", 0),
            ("db stamp --sql --purge heads", 0),
            ("db migrate --dry-run", 0),
            ("db migrate --dry-run --detailed-exit-code", 8),
            ("db migrate --sql", 0),
            ("db migrate --seed --dry-run", 0),
            ("db migrate +1 --step", 0),
            ("db status --pending", 8),
            ("db current --check-heads", 8),
            ("db migrate --seed", 0),
            ("db migrate", 0),
            ("db status", 0),
            ("db heads", 0),
            ("db heads -v", 0),
            ("db branches", 0),
            ("db branches -v", 0),
            ("db current", 0),
            ("db history", 0),
            ("db history -i", 0),
            ("db show 1_blog", 0),
            ("db show heads -v", 0),
            ("db inspect", 0),
            ("db inspect posts", 0),
            ("db doctor", 0),
            ("db rollback --dry-run", 0),
            ("db rollback", 0),
            ("db downgrade 1_blog --dry-run", 0),
            ("db downgrade --sql heads:1_blog", 0),
            ("db downgrade 1_blog", 0),
            ("db stamp heads --dry-run", 0),
            ("db stamp --sql heads", 0),
            ("db stamp heads", 0),
            ("db stamp 1_blog", 0),
            ("db refresh --dry-run", 0),
            ("db refresh --yes", 0),
            ("db fresh --dry-run", 0),
            ("db fresh --seed --yes", 0),
            ("db seed --dry-run", 0),
            ("db seed --yes", 0),
            ("db clear --history --dry-run", 0),
            ("db reset --dry-run", 0),
            ("db reset --yes", 0),
            ("db clear --files --force --dry-run", 0),
            ("db clear --history --files --force", 0),
            ("db wipe --dry-run", 0),
            ("db wipe --yes", 0),
            ("db drop --dry-run", 0),
            ("db drop --yes", 0),
        ],
    );
}

fn of_errors(schemas: &Schemas) {
    let broken = "-- migrate:up\nCREATE TABLE a (id int);\nCREATE TABLE b (id int, id int);\n";
    let mut project = Project::new().applied(&["1_a"]).migration("2_b", broken);
    schemas.run_all(
        &mut project,
        &[
            ("db migrate nothing_of_that_name", 4),
            ("db migrate", 1),
            ("db inspect nothing", 2),
            ("db reset --env production", 7),
            ("make migration 1.2", 2),
            ("db status --env prodction", 3),
            ("db migrat", 2),
            ("db rollback --steps x", 2),
            ("make migration --create x --table x", 2),
        ],
    );
    project.write("database/migrations/2_b.sql", "-- migrate:up\nSELECT 'open;\n");
    let split = schemas.run(&mut project, "db migrate", 1);
    assert!(split["error"]["sql"].is_object(), "{split:#}");
    for engine in Engine::ALL {
        let Some(project) = Project::on(engine) else { continue };
        let mut project = project.migration("1_b", broken);
        let failed = schemas.run(&mut project, "db migrate", 1);
        let left = usize::from(engine == Engine::MYSQL);
        let committed = &failed["error"]["failure"]["committed"];
        assert_eq!(committed.as_array().map(Vec::len), Some(left), "{failed:#}");
    }
}

/// Ctrl-C between two migrations: what was done stands beside the error.
fn of_an_interruption(schemas: &Schemas) {
    let Some(project) = Project::on(Engine::POSTGRES) else { return };
    let project = project
        .applied(&["1_a"])
        .migration("2_slow", &crate::interrupted::slow(Engine::POSTGRES))
        .migration("3_last", &table("3_last"));
    let child = project.start(&["db", "migrate", "--json"]);
    project.wait_for_a_migrator();
    let sent = Process::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    assert!(sent.success());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(130), "{output:?}");
    let document: Value = serde_json::from_slice(&output.stdout).unwrap();
    let complaints = schemas.complaints(&document);
    assert!(complaints.is_empty(), "{complaints:#?}\n{document:#}");
    assert!(document["steps"].is_array(), "{document:#}");
}

/// What packages bundle, and what the servers have that SQLite has not.
fn of_packages(schemas: &Schemas) {
    let mut project = Project::new();
    schemas.run_all(
        &mut project,
        &[
            ("db publish --list", 0),
            ("db publish --dry-run", 0),
            ("db publish --package arvel-auth", 0),
            ("db publish --package arvel-auth --force", 0),
            ("db publish --only nobody", 2),
            ("db publish --stubs --list", 0),
            ("db publish --stubs", 0),
            ("db unpublish arvel-auth --dry-run", 0),
            ("db unpublish arvel-auth", 0),
        ],
    );
    for engine in Engine::ALL {
        let Some(project) = Project::on(engine) else { continue };
        let mut project = project.of_the_example();
        schemas.run_all(
            &mut project,
            &[
                ("db migrate --seed", 0),
                ("db status", 0),
                ("db inspect", 0),
                ("db doctor", 0),
                ("db history -i", 0),
                ("db rollback --batch", 0),
                ("db drop --yes", 0),
                ("db create", 0),
            ],
        );
    }
}

/// A schema that takes everything holds nothing.
#[test]
fn a_field_too_many_or_too_few_is_found() {
    let schemas = Schemas::read();
    let mut project = Project::new().migration("1_a", &table("1_a"));
    let good = schemas.run(&mut project, "db status", 0);
    let spoiled = |change: &dyn Fn(&mut Value)| {
        let mut document = good.clone();
        change(&mut document);
        !schemas.complaints(&document).is_empty()
    };
    assert!(spoiled(&|document| document["more"] = true.into()));
    assert!(spoiled(&|document| document["migrations"][0]["more"] = true.into()));
    assert!(spoiled(&|document| document["migrations"][0]["state"] = "asleep".into()));
    assert!(spoiled(&|document| drop(document.as_object_mut().unwrap().remove("heads"))));
    assert!(spoiled(&|document| document["format"] = 2.into()));
    assert!(!spoiled(&|_| {}));
}
