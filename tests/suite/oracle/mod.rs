//! Independent opinions. Of the schema: forty tables through SQLAlchemy and through our Blueprint, catalogs compared line by
//! line. Of the graph: Alembic, in `alembic`.
//!
//! Every difference of the tables is explained, or it fails the test; an explanation that explains nothing fails it too. The
//! page `docs/src/reference/sqlalchemy.md` is made of them.

mod alembic;
mod explained;
mod notation;
mod python;

use std::{collections::BTreeMap, fmt::Write as _, path::Path};

use arvel_migrate::testing::{Engine, TestDatabase};

use crate::support::{World, migration, run};
use explained::EXPLAINED;

/// What a catalog says of a column, index, key or check, under the name by which it is found on the other side.
type Facts = BTreeMap<String, String>;

async fn facts(world: &mut World) -> Facts {
    let mut facts = Facts::new();
    for table in world.tables().await {
        for line in world.columns(&table).await {
            let (name, rest) = line.split_once(" | ").expect("a name and more");
            // The case of a type's letters says nothing.
            let (kind, rest) = rest.split_once(" | ").expect("a type and more");
            facts.insert(format!("column {table}.{name}"), format!("{} | {rest}", kind.to_lowercase()));
        }
        for line in world.indexes(&table).await {
            let (name, rest) = line.split_once(" | ").expect("a name and more");
            // SQLite does not keep the name of a unique constraint.
            let name = if name.starts_with("sqlite_autoindex") { "unique" } else { name };
            facts.insert(
                format!("index {table} {name} ({})", rest.rsplit(" | ").next().unwrap_or_default()),
                rest.to_owned(),
            );
        }
        for line in world.foreign_keys(&table).await {
            let (columns, rest) = line.split_once(" | ").expect("columns and more");
            facts.insert(format!("key {table} ({columns})"), rest.to_owned());
        }
        for line in world.checks(&table).await {
            let (name, rest) = line.split_once(" | ").expect("a name and more");
            facts.insert(format!("check {table} {name}"), rest.to_owned());
        }
    }
    facts
}

/// `what: ours / theirs`, with the family of the database.
struct Difference {
    family: &'static str,
    what: String,
    ours: String,
    theirs: String,
}

fn differences(family: &'static str, ours: &Facts, theirs: &Facts) -> Vec<Difference> {
    let mut keys: Vec<&String> = ours.keys().chain(theirs.keys()).collect();
    keys.sort();
    keys.dedup();
    let text =
        |facts: &Facts, key: &String| facts.get(key).cloned().unwrap_or_else(|| "(not there)".to_owned());
    keys.into_iter()
        .map(|key| Difference { family, what: key.clone(), ours: text(ours, key), theirs: text(theirs, key) })
        .filter(|difference| difference.ours != difference.theirs)
        .collect()
}

#[tokio::test]
async fn forty_tables_are_what_sqlalchemy_makes_of_them_or_the_difference_is_explained() {
    assert_eq!(notation::count(), 40);
    let Some(python) = python::interpreter() else { return };
    let mut found = Vec::new();
    let mut compared = 0;
    for engine in Engine::ALL {
        let Some(theirs) = TestDatabase::create(engine).await.expect("a database") else { return };
        python.make_tables(&theirs.url_text());
        let mut theirs = World::of(engine, theirs).await;
        let mut all = Vec::new();
        run(engine, |mut ours| {
            let (all, compared, theirs) = (&mut all, &mut compared, &mut theirs);
            Box::pin(async move {
                ours.migrate(&[migration("1_all", notation::up)]).await;
                let (ours, theirs) = (facts(&mut ours).await, facts(theirs).await);
                *compared += ours.len();
                *all = differences(engine.family, &ours, &theirs);
            })
        })
        .await;
        found.extend(all);
    }
    let mut places = vec![0; EXPLAINED.len()];
    let mut unexplained = String::new();
    for difference in &found {
        let reason = EXPLAINED.iter().position(|reason| {
            reason.family == difference.family
                && (reason.holds)(&difference.what, &difference.ours, &difference.theirs)
        });
        match reason {
            Some(at) => places[at] += 1,
            None => {
                let Difference { family, what, ours, theirs } = difference;
                let _ = writeln!(unexplained, "{family}: {what}\n    ours   {ours}\n    theirs {theirs}");
            }
        }
    }
    assert!(unexplained.is_empty(), "not explained:\n{unexplained}");
    for (reason, places) in EXPLAINED.iter().zip(&places) {
        assert!(*places > 0, "nothing is explained by: {}", reason.why);
    }
    hold_page(&page(compared, &places));
}

fn page(compared: usize, places: &[usize]) -> String {
    let mut page = format!(
        "# Beside SQLAlchemy\n\n\
         <!-- Made by the test `oracle` from what it found. Do not edit: ARVEL_UPDATE_DOCS=1 cargo test -p arvel-tests oracle -->\n\n\
         Forty tables of ordinary applications (`tests/oracle/tables.txt`) are made twice on SQLite, PostgreSQL and MariaDB: by\n\
         SQLAlchemy {} and by a migration. The catalogs are then read with plain SQL and compared: {compared} columns, indexes,\n\
         keys and checks. Where they differ, this is why.\n\n\
         | database | what differs | places | ours | theirs | why |\n|---|---|---|---|---|---|\n",
        python::SQLALCHEMY,
    );
    for (reason, places) in EXPLAINED.iter().zip(places) {
        let family = match reason.family {
            "sqlite" => "SQLite",
            "postgres" => "PostgreSQL",
            _ => "MariaDB",
        };
        let _ = writeln!(
            page,
            "| {family} | {} | {places} | {} | {} | {} |",
            reason.what, reason.ours, reason.theirs, reason.why
        );
    }
    page
}

fn hold_page(page: &str) {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../docs/src/reference/sqlalchemy.md");
    if std::env::var_os("ARVEL_UPDATE_DOCS").is_some() {
        std::fs::write(&path, page).expect("the page can be written");
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(
        found == page,
        "`docs/src/reference/sqlalchemy.md` is not what was found; run `ARVEL_UPDATE_DOCS=1 cargo test -p arvel-tests oracle`"
    );
}
