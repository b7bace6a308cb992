//! Targets and numbers that mean nothing.

use crate::project::Project;

#[test]
fn unknown_and_ambiguous_revisions() {
    let mut project = Project::new().applied(&["1_create_users"]);
    for stem in ["2_create_posts", "3_create_pages"] {
        project.write(&format!("database/migrations/{stem}.sql"), &crate::project::table(stem));
    }
    project
        .refused(&["db", "migrate", "create_postz"], 4)
        .refused(&["db", "migrate", "create_p"], 4)
        .refused(&["db", "migrate", "create_p", "--json"], 4)
        .refused(&["db", "migrate", "+3"], 4)
        .refused(&["db", "migrate", "+1abc"], 4)
        .refused(&["db", "rollback", "--to", "nowhere"], 4)
        .refused(&["db", "downgrade", "create_p"], 4);
    project.snapshot("unknown_and_ambiguous_revisions");
}

#[test]
fn more_steps_than_are_applied() {
    let mut project = Project::new().applied(&["1_a", "2_b"]);
    project
        .refused(&["db", "rollback", "--steps", "3"], 4)
        .refused(&["db", "rollback", "--steps", "0"], 4)
        .refused(&["db", "rollback", "--batch", "7"], 4)
        .refused(&["db", "refresh", "--steps", "3", "--yes"], 4)
        .refused(&["db", "rollback", "--steps", "3", "--json"], 4);
    project.snapshot("more_steps_than_are_applied");
}

#[test]
fn an_irreversible_migration() {
    let mut project = Project::new()
        .migration("1_a", "-- migrate:up\nCREATE TABLE a (id int);\n")
        .migration("2_b", "-- migrate:up\nCREATE TABLE b (id int);\n-- migrate:down\nDROP TABLE b;\n");
    project.run(&["db", "migrate"], 0);
    project
        .refused(&["db", "rollback", "--steps", "2"], 4)
        .refused(&["db", "reset", "--yes"], 4)
        .refused(&["db", "rollback", "--steps", "2", "--json"], 4);
    project.snapshot("an_irreversible_migration");
}

#[test]
fn histories_that_do_not_fit() {
    let mut project = Project::new().applied(&["1_a", "2_b"]);
    std::fs::remove_file(project.at("database/migrations/2_b.sql")).unwrap();
    project.write("database/migrations/3_c.sql", &crate::project::table("3_c"));
    project
        .refused(&["db", "status"], 0)
        .refused(&["db", "migrate"], 5)
        .refused(&["db", "rollback"], 5)
        .refused(&["db", "migrate", "--json"], 5);
    project.snapshot("a_database_newer_than_the_program");
    let mut project = Project::new().applied(&["1_a"]);
    project.write(
        "database/migrations/1_a.sql",
        "-- migrate:up\nCREATE TABLE a (id int, more int);\n-- migrate:down\nDROP TABLE a;\n",
    );
    project
        .refused(&["db", "status"], 0)
        .refused(&["db", "migrate"], 5)
        .refused(&["db", "rollback"], 5)
        .refused(&["db", "migrate", "--json"], 5);
    project.snapshot("an_edited_applied_migration");
}
