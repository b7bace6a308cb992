//! What is not done without consent.

use crate::project::Project;

#[test]
fn production_without_consent() {
    let mut project = Project::new().applied(&["1_a"]);
    for command in ["fresh", "wipe", "reset", "refresh", "rollback", "drop"] {
        project.refused(&["db", command, "--env", "production"], 7);
        // The ordinary yes is not the consent that is asked for.
        project.refused(&["db", command, "--env", "production", "--yes"], 7);
    }
    project.refused(&["db", "downgrade", "base", "--env", "production"], 7);
    project.refused(&["db", "fresh", "--env", "production", "--json"], 7);
    project.run(&["db", "fresh", "--env", "production", "--force"], 0);
    project.snapshot("production_without_consent");
}

/// The stamp of the first migrate guards the database, whatever the process believes.
#[test]
fn a_production_database_and_a_copied_setting() {
    let mut project = Project::new().migration("1_a", &crate::project::table("1_a"));
    project
        .run(&["db", "migrate", "--env", "production"], 0)
        .refused(&["db", "fresh", "--env", "development", "--yes"], 7)
        .refused(&["db", "rollback", "--env", "testing"], 7);
    project.snapshot("a_production_database_and_a_copied_setting");
}

#[test]
fn what_is_prohibited() {
    let mut project =
        Project::new().file("arvel.toml", "[migrations]\nprohibit_destructive = true\n").applied(&["1_a"]);
    for command in ["fresh", "wipe", "reset", "refresh"] {
        project.refused(&["db", command, "--force", "--yes"], 7);
    }
    project.snapshot("what_is_prohibited");
}
