//! What people do wrong in a migration, on each engine: stopped before anything runs where that can be known, else a
//! card with the state that the database is in. Either way nothing is lost, and nothing is half done.

use arvel_migrate::testing::Engine;

use crate::project::Project;

/// The mistake, and the engines on which it is none.
const MISTAKES: &[(&str, &[Engine])] = &[
    ("a modifier that not every database has", &[Engine::MYSQL]),
    ("a type that not every database has", &[Engine::MYSQL]),
    ("a foreign key to what is not unique", &[]),
    ("a foreign key to no table", &[]),
    ("a name that is too long", &[Engine::SQLITE]),
    ("two columns of one name", &[]),
    ("a column that is there already", &[]),
    ("a table that is there already", &[]),
    ("a default of another type", &[]),
    ("a NUL in a name", &[]),
    ("renaming a column that is not there", &[]),
    ("renaming a table that is not there", &[]),
    ("dropping a column that is not there", &[]),
    ("changing what is computed", &[]),
    ("a value less that rows hold", &[]),
    ("online where it can not be", &[Engine::SQLITE, Engine::POSTGRES]),
    ("no NULL where rows have it", &[]),
    ("a column that rows have no value for", &[Engine::MYSQL]),
    ("unique where rows agree", &[]),
    ("dropping what others reference", &[]),
    ("dropping a column of a foreign key", &[Engine::POSTGRES]),
];

fn mistakes_on(engine: Engine) {
    let Some(project) = Project::on(engine) else { return };
    let mut project = project.of_mistakes();
    project.run(&["db", "migrate", "before"], 0);
    let before = project.state();
    // One after the other on one database: whatever a mistake leaves, the next one would stumble over it.
    for (mistake, _) in MISTAKES.iter().filter(|(_, none_on)| !none_on.contains(&engine)) {
        project.set("MISTAKE", mistake);
        project.run(&["db", "migrate"], 1);
        let after = project.state();
        assert_eq!(after.history, before.history, "{mistake}");
        assert_eq!(of_the_application(&after.tables), of_the_application(&before.tables), "{mistake}");
    }
    project.snapshot(&format!("mistakes_{}", engine.family));
}

fn of_the_application(tables: &[String]) -> Vec<&String> {
    tables.iter().filter(|table| !table.starts_with("arvel_")).collect()
}

#[test]
fn mistakes_on_sqlite() {
    mistakes_on(Engine::SQLITE);
}

#[test]
fn mistakes_on_postgres() {
    mistakes_on(Engine::POSTGRES);
}

#[test]
fn mistakes_on_mariadb() {
    mistakes_on(Engine::MYSQL);
}
