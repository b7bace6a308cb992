//! Scripts instead of runs: what they say, that they run through the database's own client, and what is refused.

use arvel_migrate::testing::Engine;

use crate::project::{Project, table};

fn three() -> Project {
    ["1_a", "2_b", "3_c"].iter().fold(Project::new(), |project, stem| project.migration(stem, &table(stem)))
}

#[test]
fn scripts_without_a_database() {
    let mut project = three();
    project
        .refused(&["db", "upgrade", "--sql", ":1_a"], 0)
        .refused(&["db", "migrate", "--sql", "1_a:+1", "--env", "production"], 0)
        .refused(&["db", "migrate", "--sql", "1_a:2_b", "--json"], 0)
        .refused(&["db", "downgrade", "--sql", "2_b:-1"], 0)
        .refused(&["db", "stamp", "--sql", "1_a:2_b"], 0)
        .refused(&["db", "migrate", "--sql", "heads:"], 0)
        .refused(&["db", "stamp", "--sql", "--purge", "1_a"], 0)
        .refused(&["db", "stamp", "--sql", "--purge", "base", "--json"], 0)
        .refused(&["db", "ensure-version", "--sql"], 0);
    project.set("DATABASE_URL", "postgres://nobody@nowhere/app");
    project.refused(&["db", "migrate", "--sql", "2_b:", "--server-version", "15.4"], 0);
    project.set("DATABASE_URL", "mysql://nobody@nowhere/app");
    project.refused(&["db", "migrate", "--sql", "2_b:"], 0);
    project.snapshot("scripts_without_a_database");
}

#[test]
fn scripts_that_make_no_sense() {
    let mut project = three();
    project
        .refused(&["db", "downgrade", "--sql", "1_a"], 2)
        .refused(&["db", "downgrade", "--sql", "head:"], 2)
        .refused(&["db", "migrate", "--sql", "--dry-run"], 2)
        .refused(&["db", "migrate", "--sql", "--seed"], 2)
        .refused(&["db", "migrate", "--server-version", "15"], 2)
        .refused(&["db", "migrate", "--sql", "--server-version", "3"], 2)
        .refused(&["db", "migrate", "--sql", "--path", "database/migrations"], 2)
        .refused(&["db", "stamp", "--sql", "--purge", "1_a:heads"], 2)
        .refused(&["db", "ensure-version", "--sql", "--dry-run"], 2)
        .refused(&["db", "migrate", "--sql", "current:heads"], 4)
        .refused(&["db", "migrate", "--sql", "3_c:1_a"], 4)
        .refused(&["db", "migrate", "--sql", "nowhere:heads", "--json"], 4)
        .refused(&["db", "migrate", "1_a:heads"], 4);
    project.snapshot("scripts_that_make_no_sense");
}

/// The example application on every engine: what its scripts leave is what its runs leave.
#[test]
fn the_scripts_of_the_example() {
    for engine in Engine::ALL {
        let (Some(online), Some(scripted)) = (Project::on(engine), Project::on(engine)) else { continue };
        let (mut online, mut scripted) = (online.of_the_example(), scripted.of_the_example());
        let Some(()) = scripted.through_client(&["db", "migrate", "--sql"]) else { continue };
        online.run(&["db", "migrate"], 0);
        let (one, other) = (online.state(), scripted.state());
        assert_eq!((one.tables, one.history), (other.tables, other.history));
        scripted
            .refused(&["db", "migrate"], 0)
            .refused(&["db", "status", "--pending"], 0)
            .refused(&["db", "current", "--check-heads"], 0);
        assert!(scripted.transcript().contains("nothing to migrate"), "{}", scripted.transcript());
        scripted.through_client(&["db", "downgrade", "--sql", "heads:base"]).unwrap();
        assert_eq!(scripted.state().history, [""; 0]);
        assert!(scripted.state().tables.iter().all(|table| table.starts_with("arvel_")));
        scripted.through_client(&["db", "migrate", "--sql", "--step"]).unwrap();
        scripted.run(&["db", "rollback", "--batch"], 0).run(&["db", "migrate"], 0);
    }
}
