//! Files that can not be migrations, and sets of them that make no sense.

use crate::project::{Project, table};

/// One good migration is applied; then the files are added, and nothing runs any more.
fn refuses(name: &str, files: &[(&str, &str)]) {
    let mut project = Project::new().applied(&["1_a"]);
    for (file, text) in files {
        project.write(&format!("database/migrations/{file}"), text);
    }
    project
        .refused(&["db", "migrate"], 4)
        .refused(&["db", "status"], 4)
        .refused(&["db", "migrate", "--json"], 4);
    project.snapshot(name);
}

#[test]
fn a_bad_name() {
    refuses("a_bad_name", &[("add posts.sql", &table("2_b"))]);
    refuses("no_stamp", &[("posts.sql", &table("2_b"))]);
}

#[test]
fn two_files_with_one_revision() {
    let text = "-- revision: same\n-- migrate:up\nCREATE TABLE b (id int);\n";
    refuses("two_files_with_one_revision", &[("2_b.sql", text), ("3_c.sql", text)]);
}

#[test]
fn a_missing_parent() {
    let text = "-- parents: 1_b\n-- migrate:up\nCREATE TABLE b (id int);\n";
    refuses("a_missing_parent", &[("2_b.sql", text)]);
}

#[test]
fn a_cycle() {
    let text = |parent: &str| format!("-- parents: {parent}\n-- migrate:up\nCREATE TABLE b (id int);\n");
    refuses("a_cycle", &[("2_b.sql", &text("4_d")), ("3_c.sql", &text("2_b")), ("4_d.sql", &text("3_c"))]);
}

#[test]
fn unreadable_sections() {
    refuses("an_unknown_section", &[("2_b.sql", "-- migrate:upp\nCREATE TABLE b (id int);\n")]);
    refuses("a_section_twice", &[("2_b.sql", "-- migrate:up\nSELECT 1;\n-- migrate:up\nSELECT 2;\n")]);
    refuses("an_unknown_header", &[("2_b.sql", "-- parent: 1_a\n-- migrate:up\nSELECT 1;\n")]);
    refuses("half_a_pair", &[("2_b.down.sql", "DROP TABLE b;\n")]);
}

/// A link is a file of the folder in which it lies, and a linked folder one of the folder that links it.
#[cfg(unix)]
#[test]
fn links_belong_where_they_lie() {
    use std::os::unix::fs::symlink;

    let mut project = Project::new()
        .migration("1_a", &table("1_a"))
        .file("elsewhere/2_b.sql", &table("2_b"))
        .file("elsewhere/more/3_c.sql", &table("3_c"));
    symlink(project.at("elsewhere/2_b.sql"), project.at("database/migrations/2_b.sql")).unwrap();
    symlink(project.at("elsewhere/more"), project.at("database/migrations/more")).unwrap();
    symlink(project.at("nowhere"), project.at("database/migrations/dangling.txt")).unwrap();
    let path = ["--path", "database/migrations"];
    project.run(&["db", "migrate", "-q", path[0], path[1]], 0);
    let revisions = project.rows("SELECT revision FROM arvel_migrations ORDER BY seq");
    assert_eq!(revisions, ["1_a", "2_b", "3_c"], "{}", project.transcript());
    symlink(project.at("nowhere"), project.at("database/migrations/4_d.sql")).unwrap();
    project.run(&["db", "status"], 4);
    assert!(project.transcript().contains("4_d.sql"), "{}", project.transcript());
}
