//! A program with hooks and a filter, and what the command line gives them.

use crate::project::{Project, table};

#[test]
fn hooks_write_with_the_steps_and_read_the_command_line() {
    let mut project = Project::new().of_hooks();
    project.set("ARVEL_TEST_HOOKS", "audit");
    project
        .run(&["db", "migrate", "--dry-run", "-x", "who=ann", "--tag", "colour"], 0)
        .run(&["db", "migrate", "-x", "who=ann", "-x", "tenant=acme", "--tag", "colour"], 0)
        .run(&["db", "inspect", "acme_orders"], 0)
        .run(&["db", "migrate", "--dry-run", "--json", "-x", "who=ann", "--tag", "colour"], 0);
    project.set("ARVEL_TEST_HOOKS", "");
    project
        .run(&["db", "status"], 0)
        .run(&["db", "rollback", "-x", "tenant=other", "-v"], 0)
        .run(&["db", "migrate", "-x", "tenat=acme"], 0);
    assert!(project.state().tables.contains(&"deployments 4".to_owned()), "{:?}", project.state().tables);
    project.snapshot("hooks_write_with_the_steps_and_read_the_command_line");
}

#[test]
fn a_hook_that_refuses_is_named() {
    let mut project = Project::new().of_hooks();
    project.set("ARVEL_TEST_HOOKS", "approval");
    project.run(&["db", "migrate"], 1).run(&["db", "migrate", "--json"], 1);
    project.run(&["db", "stamp", "heads"], 1).run(&["db", "stamp", "heads", "-x", "approved=ann"], 0);
    project.set("ARVEL_TEST_HOOKS", "closed");
    project.refused(&["db", "stamp", "base"], 1);
    project.snapshot("a_hook_that_refuses_is_named");
}

#[test]
fn what_the_filter_skips_is_neither_pending_nor_missing() {
    let mut project = Project::new().of_hooks();
    project.set("ARVEL_TEST_HOOKS", "skip-names");
    project.run(&["db", "migrate", "-q"], 0).run(&["db", "status"], 0).run(&["db", "status", "--pending"], 0);
    project.set("ARVEL_TEST_HOOKS", "");
    project.run(&["db", "status"], 0).run(&["db", "migrate", "-q"], 0);
    project.set("ARVEL_TEST_HOOKS", "skip-names");
    project.run(&["db", "status"], 0).run(&["db", "rollback"], 0);
    project.set("ARVEL_TEST_HOOKS", "skip-deployments");
    project.refused(&["db", "status"], 4);
    project.snapshot("what_the_filter_skips_is_neither_pending_nor_missing");
}

#[test]
fn bad_arguments_are_usage_errors() {
    let mut project = Project::new().migration("1_a", &table("1_a"));
    project
        .refused(&["db", "migrate", "-x", "tenant"], 2)
        .refused(&["db", "migrate", "-x", "=acme"], 2)
        .refused(&["db", "migrate", "-x", "a=1", "-x", "a=2"], 2)
        .run(&["db", "migrate", "-x", "tenant=acme", "--tag", "v2"], 0);
    project.snapshot("bad_arguments_are_usage_errors");
}

#[test]
fn a_sql_file_reads_what_it_declares() {
    let text = "-- reads: tenant\n-- migrate:up\nCREATE TABLE ${tenant}_notes (id int);\n\
                -- migrate:down\nDROP TABLE ${tenant}_notes;\n";
    let mut project = Project::new().migration("1_notes", text).migration("2_b", &table("2_b"));
    project
        .refused(&["db", "migrate"], 1)
        .run(&["db", "migrate", "--sql", "-x", "tenant=acme"], 0)
        .run(&["db", "migrate", "-q", "-x", "tenant=acme"], 0)
        .run(&["db", "status", "--pending"], 0)
        .run(&["db", "rollback", "--steps", "2", "-q", "-x", "tenant=acme"], 0);
    assert_eq!(project.state().tables.iter().filter(|table| table.contains("notes")).count(), 0);
    project.write("database/migrations/1_notes.sql", &text.replace("-- reads: tenant", "-- reads: te nant"));
    project.refused(&["db", "status"], 4);
    project.snapshot("a_sql_file_reads_what_it_declares");
}

#[test]
fn a_start_that_migrates_has_the_hooks() {
    let mut project = Project::new().of_hooks().file("arvel.toml", "[migrations]\non_startup = \"apply\"\n");
    project.set("ARVEL_TEST_HOOKS", "approval");
    project.run(&["serve", "--port", "0"], 1);
    assert!(
        project.transcript().contains("in the hook `approval` (before_step)"),
        "{}",
        project.transcript()
    );
    assert_eq!(project.state().history, [""; 0]);
}
