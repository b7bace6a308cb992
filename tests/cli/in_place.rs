//! Packages that run in place, as the commands show them, and what can not be done to them.

use arvel_migrate::testing::Engine;

use crate::project::{Project, table};

const TOML: &str = "[plugins.arvel-auth]\nmigrations = \"in-place\"\n";
const POSTS: &str = "-- depends_on: arvel-auth/create_users_table\n-- migrate:up\nCREATE TABLE posts (id int);\n\
                     -- migrate:down\nDROP TABLE posts;\n";

fn project() -> Project {
    Project::new().file("arvel.toml", TOML).migration("2020_01_01_000000_create_posts_table", POSTS)
}

#[test]
fn a_package_that_runs_in_place() {
    let mut project = project();
    project
        .refused(&["db", "heads"], 0)
        .refused(&["db", "status"], 0)
        .refused(&["db", "migrate", "--dry-run"], 0)
        .run(&["db", "migrate"], 0)
        .refused(&["db", "migrate"], 0)
        .refused(&["db", "current"], 0)
        .refused(&["db", "status"], 0)
        .refused(&["db", "history", "-i"], 0)
        .refused(&["db", "show", "create_users_table"], 0)
        .refused(&["db", "doctor"], 0)
        .refused(&["db", "edit", "create_users_table"], 7)
        .refused(&["db", "delete", "arvel_auth_create_users_table"], 7)
        .refused(&["db", "merge"], 4)
        .run(&["db", "downgrade", "create_users_table-1"], 0)
        .run(&["db", "stamp", "arvel_auth_create_users_table"], 0)
        .run(&["db", "stamp", "base"], 0)
        .run(&["db", "fresh"], 0)
        .refused(&["db", "downgrade", "create_auth_refresh_tokens_table:base", "--sql"], 0);
    assert_eq!(
        project.rows("SELECT line, origin FROM arvel_migrations WHERE line <> 'default' ORDER BY seq"),
        [
            "package:arvel-auth | arvel-auth/create_users_table",
            "package:arvel-auth | arvel-auth/create_auth_refresh_tokens_table",
            "package:arvel-auth | arvel-auth/create_password_resets_table"
        ]
    );
    project.snapshot("a_package_that_runs_in_place");
}

#[test]
fn what_the_configuration_can_not_say() {
    let mut project = Project::new().file("arvel.toml", &TOML.replace("in-place", "inplace"));
    project.refused(&["db", "status"], 3);
    project.write("arvel.toml", &TOML.replace("arvel-auth", "arvel-oauth"));
    project.refused(&["db", "status"], 3).refused(&["db", "doctor"], 1);
    project.write("arvel.toml", "[plugins.arvel-auth]\nmigration = \"in-place\"\n");
    project.refused(&["db", "status"], 3);
    // A variable wins over the file, in the one spelling that it has.
    project.write("arvel.toml", TOML);
    project.set("ARVEL_PLUGINS__ARVEL_AUTH__MIGRATIONS", "publish");
    project.refused(&["db", "heads"], 0);
    project.set("ARVEL_PLUGINS__ARVEL_AUTH__MIGRATIONS", "in-place");
    project.refused(&["db", "heads"], 0);
    project.snapshot("what_the_configuration_can_not_say");
}

#[test]
fn a_dependency_that_is_nowhere_says_both_ways_on() {
    let mut project = project();
    project.write("arvel.toml", "");
    project.refused(&["db", "migrate"], 4);
    project.snapshot("a_dependency_that_is_nowhere_says_both_ways_on");
}

/// A file that carries the origin stands for the stub, whatever is in it: here it is another text.
#[test]
fn a_file_of_the_origin_stands_for_the_stub() {
    for engine in Engine::ALL {
        let Some(mut project) = Project::on(engine) else { continue };
        project.write("arvel.toml", TOML);
        project.run(&["db", "migrate"], 0);
        let file = format!("-- origin: arvel-auth/create_password_resets_table\n{}", table("9_resets"));
        project.write("database/migrations/2020_01_01_000000_create_password_resets_table.sql", &file);
        let shown = project.refused(&["db", "migrate"], 5).transcript().to_owned();
        assert!(shown.contains("2020_01_01_000000_create_password_resets_table"), "{shown}");
        // As another text it is judged as an edit; told that it is meant, the row stays as it is.
        project.set("ARVEL_MIGRATIONS__MISSING", "warn");
        project.refused(&["db", "migrate"], 0);
        let revisions = project.rows("SELECT revision FROM arvel_migrations ORDER BY seq");
        assert_eq!(revisions.len(), 3);
        assert_eq!(revisions[2], "arvel_auth_create_password_resets_table");
    }
}

/// A new file finds its place beside packages that run in place.
#[test]
fn files_that_are_made_beside_it() {
    let mut project = project();
    project
        .run(&["make", "migration", "add_slug", "--depends-on", "arvel-auth/create_users_table"], 0)
        .run(&["db", "revision", "-m", "add more", "--head", "head", "--sql"], 0)
        .run(&["db", "edit"], 1);
    project.snapshot("files_that_are_made_beside_it");
}

#[test]
fn publishing_leaves_it_alone_unless_it_is_named() {
    let mut project = project();
    project
        .run(&["db", "migrate"], 0)
        .refused(&["db", "publish", "--list"], 0)
        .run(&["db", "publish"], 0)
        .refused(&["db", "publish", "--package", "arvel-auth", "--dry-run"], 0)
        .run(&["db", "publish", "--only", "create_users_table"], 0);
    // The program that runs is not built with the new file: it goes on in place.
    project.refused(&["db", "migrate"], 0);
    project.snapshot("publishing_leaves_it_alone_unless_it_is_named");
}
