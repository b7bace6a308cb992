//! What a hint says can be done: its command is about the same database, and it helps where it stands.

use crate::project::Project;

/// Two labelled branches on one trunk.
fn branches() -> Project {
    let body = |table: &str| {
        format!("-- migrate:up\nCREATE TABLE {table} (id int);\n-- migrate:down\nDROP TABLE {table};\n")
    };
    Project::new()
        .migration("1_users", &body("users"))
        .migration("2_posts", &format!("-- parents: 1_users\n-- labels: blog\n{}", body("posts")))
        .migration("3_carts", &format!("-- parents: 1_users\n-- labels: shop\n{}", body("carts")))
}

/// Everything that a command says, after looking at its exit code.
fn said(project: &Project, args: &[&str], exit: i32) -> String {
    let output = project.output(args);
    let text =
        format!("{}{}", String::from_utf8_lossy(&output.stdout), String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.status.code(), Some(exit), "{args:?}: {text}");
    text
}

#[test]
fn several_heads_are_told_without_a_command_that_migrates() {
    let project = branches();
    for args in [["db", "downgrade", "head"], ["db", "edit", "head"], ["db", "show", "head"]] {
        let text = said(&project, &args, 4);
        assert!(text.contains("hint: name one: `blog@head`, `shop@head`; `heads` is all of them"), "{text}");
        assert!(!text.contains("`db migrate`"), "{text}");
    }
}

#[test]
fn only_a_range_that_runs_backwards_is_to_be_turned_round() {
    let project = branches();
    let text = said(&project, &["db", "history", "-r", "2_posts:1_users"], 4);
    assert!(text.contains("turn it round: `1_users:2_posts`"), "{text}");
    let text = said(&project, &["db", "history", "-r", "blog:shop"], 4);
    assert!(!text.contains("turn it round"), "{text}");
    assert!(text.contains("no line runs from one to the other"), "{text}");
}

#[test]
fn a_revision_of_your_own_that_is_a_label_already() {
    let project = branches();
    let text = said(&project, &["db", "revision", "-m", "x", "--head", "blog", "--rev-id", "shop"], 4);
    assert!(text.contains("another `--rev-id`"), "{text}");
}

#[test]
fn nothing_is_left_to_apply_a_step_of() {
    let project = branches();
    said(&project, &["db", "migrate"], 0);
    let text = said(&project, &["db", "migrate", "shop@+1"], 4);
    assert!(text.contains("1 revision was asked for, and 0 are pending on `shop`"), "{text}");
    assert!(text.contains("hint: `db status`"), "{text}");
}

#[test]
fn a_missing_revision_that_would_be_undone_stops_whatever_the_policy() {
    let project = branches().file("arvel.toml", "[migrations]\nmissing = \"warn\"\n");
    said(&project, &["db", "migrate"], 0);
    std::fs::remove_file(project.at("database/migrations/3_carts.sql")).unwrap();
    let text = said(&project, &["db", "reset"], 5);
    assert!(
        text.contains(
            "bring the file back; `migrations.missing = \"warn\"` lets everything go on that does not undo it"
        ),
        "{text}"
    );
}

#[test]
fn the_commands_of_a_hint_are_about_the_same_database() {
    let project = Project::new()
        .file("arvel.toml", "[databases.audit]\nurl = \"sqlite://audit.db\"\n")
        .migration("1_logins", "-- database: audit\n-- migrate:up\nCREATE TABLE logins (id int);\n");
    said(&project, &["db", "create", "--all-databases"], 0);
    let text = said(&project, &["db", "current", "--check-heads", "--all-databases"], 8);
    assert!(text.contains("hint: run `db migrate --database audit`"), "{text}");
    said(&project, &["db", "ensure-version", "--all-databases"], 0);
    let text = said(&project, &["db", "doctor", "--all-databases"], 0);
    assert!(text.contains("`db migrate --database audit` applies them"), "{text}");
}

#[test]
fn a_setting_of_words_is_not_told_as_a_type_of_rust() {
    let project = Project::new().file("arvel.toml", "[migrations]\nhistory = 3\n");
    let text = said(&project, &["db", "status"], 3);
    assert!(text.contains("expected a word, found"), "{text}");
}

#[test]
#[cfg(target_os = "linux")]
fn a_result_that_could_not_be_written_is_a_failure() {
    let project = branches();
    for args in [&["db", "migrate", "--sql"] as &[&str], &["db", "heads", "--json"], &["completions", "bash"]]
    {
        let output = project.output_to("/dev/full", args);
        let text = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(1), "{args:?}: {text}");
        assert!(text.contains("the result could not be written to stdout"), "{args:?}: {text}");
    }
}
