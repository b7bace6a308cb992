//! What is written without running anything.

use crate::project::{Project, table};

fn three() -> Project {
    ["1_a", "2_b", "3_c"].iter().fold(Project::new(), |project, stem| project.migration(stem, &table(stem)))
}

#[test]
fn stamps() {
    let mut project = three();
    project.run(&["db", "create"], 0);
    project
        .refused(&["db", "stamp", "heads", "--dry-run"], 0)
        .run(&["db", "stamp", "2_b"], 0)
        .refused(&["db", "status"], 0)
        .refused(&["db", "stamp", "2_b"], 0)
        .run(&["db", "stamp", "-1"], 0)
        .run(&["db", "stamp", "heads", "--json"], 0)
        .refused(&["db", "current", "--check-heads"], 0)
        .refused(&["db", "stamp", "base", "1_a"], 4)
        .refused(&["db", "stamp", "nowhere"], 4)
        .refused(&["db", "stamp", "+1abc"], 4)
        .refused(&["db", "stamp"], 2)
        .refused(&["db", "stamp", "heads", "--purge", "--path", "database/migrations"], 2);
    std::fs::remove_file(project.at("database/migrations/2_b.sql")).unwrap();
    project
        .refused(&["db", "stamp", "1_a"], 5)
        .refused(&["db", "stamp", "1_a", "--purge", "--dry-run"], 0)
        .run(&["db", "stamp", "1_a", "--purge", "--env", "production"], 0)
        .run(&["db", "stamp", "base"], 0);
    project.snapshot("stamps");
}

#[test]
fn the_tables_alone() {
    let mut project = three();
    project
        .refused(&["db", "ensure-version"], 1)
        .run(&["db", "create"], 0)
        .refused(&["db", "ensure-version", "--dry-run"], 0)
        .run(&["db", "ensure-version"], 0)
        .refused(&["db", "install"], 0)
        .refused(&["db", "install", "--json"], 0);
    project.snapshot("the_tables_alone");
}

#[test]
fn a_history_is_forgotten_with_consent() {
    let mut project = three();
    project
        .run(&["db", "migrate", "-q"], 0)
        .refused(&["db", "clear"], 2)
        .refused(&["db", "clear", "--history", "--dry-run"], 0)
        .refused(&["db", "clear", "--history", "--env", "production", "--yes"], 7)
        .run(&["db", "clear", "--history", "--env", "production", "--force"], 0)
        .refused(&["db", "clear", "--history", "--json"], 0);
    let mut prohibited =
        Project::new().file("arvel.toml", "[migrations]\nprohibit_destructive = true\n").applied(&["1_a"]);
    prohibited.refused(&["db", "clear", "--history", "--force"], 7);
    project.snapshot("a_history_is_forgotten_with_consent");
}
