//! Unpublishing: what is the user's stays, and what ran stays.

use std::{fs, path::PathBuf};

use crate::project::Project;

const PUBLISH: [&str; 4] = ["db", "publish", "--package", "arvel-auth"];
const UNPUBLISH: [&str; 3] = ["db", "unpublish", "arvel-auth"];

fn with<'a>(words: &[&'a str], more: &[&'a str]) -> Vec<&'a str> {
    [words, more].concat()
}

/// The published file of a stub.
fn file(project: &Project, stub: &str) -> PathBuf {
    let mut files = project.state().files.into_keys();
    files.find(|path| path.to_string_lossy().ends_with(&format!("_{stub}.rs"))).expect("it was published")
}

fn edit(project: &Project, stub: &str) {
    let path = file(project, stub);
    let text = fs::read_to_string(&path).unwrap();
    let edited = text.replacen("table.id();", "table.id();\n        table.string(\"mine\").nullable();", 1);
    assert_ne!(text, edited, "{text}");
    fs::write(path, edited).unwrap();
}

#[test]
fn what_was_published_goes_again() {
    let mut project = Project::new();
    project.run(&["make", "sync"], 0);
    let before = project.state();
    project
        .run(&with(&PUBLISH, &["-q"]), 0)
        .refused(&with(&UNPUBLISH, &["--dry-run"]), 0)
        .refused(&with(&UNPUBLISH, &["--only", "create_users_table", "--dry-run"]), 7)
        .run(&UNPUBLISH, 0);
    assert_eq!(project.state().files, before.files);
    project
        .refused(&UNPUBLISH, 0)
        .refused(&["db", "unpublish", "arvel-oauth"], 2)
        .refused(&["db", "unpublish"], 2);
    project.snapshot("what_was_published_goes_again");
}

#[test]
fn what_is_edited_applied_or_needed_is_left() {
    let mut project = Project::new();
    project.run(&with(&PUBLISH, &["-q"]), 0);
    edit(&project, "create_auth_refresh_tokens_table");
    let users = file(&project, "create_password_resets_table");
    let stem = users.file_stem().unwrap().to_string_lossy().into_owned();
    project.run(&["db", "create"], 0).run(&["db", "ensure-version"], 0);
    project.execute(&format!(
        "INSERT INTO arvel_migrations (revision, seq, batch, line, origin, checksum, applied_at, duration_ms, stamped, \
         tool_version) VALUES ('{stem}', 1, 1, 'default', NULL, 'x', '2026-01-01T00:00:00.000000Z', 1, 0, '0')"
    ));
    project.refused(&with(&UNPUBLISH, &["--dry-run"]), 7).run(&UNPUBLISH, 7);
    project.snapshot("what_is_edited_applied_or_needed_is_left");
}

#[test]
fn where_no_database_answers() {
    let mut project = Project::new().variable("DATABASE_URL", "postgres://nobody@127.0.0.1:1/nothing");
    project
        .run(&with(&PUBLISH, &["-q"]), 0)
        .refused(&UNPUBLISH, 7)
        .run(&with(&UNPUBLISH, &["--assume-unapplied"]), 0);
    project.snapshot("unpublishing_where_no_database_answers");
}

#[test]
fn a_package_that_is_not_linked_any_more_can_go() {
    let mut project = Project::new();
    project.run(&with(&PUBLISH, &["-q"]), 0);
    let mut project = project.of_hooks();
    project.run(&["db", "publish", "--list"], 0);
    let document = project.document(&with(&UNPUBLISH, &["--json"]), 0);
    assert_eq!(document["removed"].as_array().unwrap().len(), document["removals"].as_array().unwrap().len());
    assert!(project.state().files.into_keys().all(|path| !path.to_string_lossy().contains("_users_")));
}
