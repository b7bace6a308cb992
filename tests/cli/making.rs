//! The commands that write, join, open and remove migration files.

use std::fs;

use crate::project::{Project, table};

/// A trunk with two heads; each file has a table of its name.
fn forked() -> Project {
    let with = |header: &str, stem: &str| format!("{header}\n{}", table(stem));
    Project::new()
        .migration("1_users", &table("1_users"))
        .migration("2_posts", &with("-- parents: 1_users\n-- labels: blog", "2_posts"))
        .migration("3_carts", &with("-- parents: 1_users\n-- labels: shop", "3_carts"))
}

fn made(project: &Project) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(project.at("database/migrations"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .filter(|name| name.starts_with("20"))
        .collect();
    names.sort();
    names
}

#[test]
fn revisions_go_where_they_are_told() {
    let mut project = forked();
    project
        .run(&["db", "revision", "-m", "Add the tags", "--sql", "--head", "blog@head", "--dry-run"], 0)
        .run(&["db", "revision", "-m", "more posts", "--sql", "--head", "posts", "--rev-id", "ab12"], 0)
        .run(
            &[
                "make",
                "migration",
                "begin_search",
                "--sql",
                "--head",
                "users",
                "--splice",
                "--label",
                "search",
            ],
            0,
        )
        .run(
            &[
                "db",
                "revision",
                "-m",
                "add reviews",
                "--sql",
                "--head",
                "base",
                "--depends-on",
                "carts",
                "--json",
            ],
            0,
        )
        .run(&["db", "history", "--graph"], 0)
        .run(&["db", "merge", "heads", "-m", "Join them all", "--sql"], 0)
        .run(&["db", "heads"], 0)
        .run(&["db", "merge", "--sql"], 4);
    project.snapshot("revisions_go_where_they_are_told");
}

#[test]
fn a_merge_is_applied_and_undone() {
    let mut project = forked();
    project
        .run(&["db", "merge", "--sql", "--branch-label", "joined"], 0)
        .run(&["db", "migrate", "-q"], 0)
        .run(&["db", "current", "--check-heads"], 0)
        .run(&["db", "rollback", "-q"], 0)
        .run(&["db", "current"], 0);
    project.snapshot("a_merge_is_applied_and_undone");
}

#[test]
fn explicit_history_names_the_head_and_hears_of_two() {
    let mut project = Project::new().file("arvel.toml", "[migrations]\nhistory = \"graph\"\n");
    project
        .run(&["make", "migration", "first", "--sql"], 0)
        .run(&["db", "revision", "-m", "second", "--sql"], 0);
    let first = made(&project)[0].trim_end_matches(".sql").to_owned();
    project.write("database/migrations/3_other.sql", &format!("-- parents: {first}\n{}", table("3_other")));
    project
        .refused(&["make", "migration", "third", "--sql"], 4)
        .refused(&["db", "revision", "-m", "third", "--sql", "--json"], 4)
        .run(&["db", "revision", "-m", "third", "--sql", "--head", "second"], 0)
        .run(&["db", "merge", "heads", "--sql"], 0)
        .run(&["db", "revision", "-m", "fifth", "--sql"], 0)
        .run(&["db", "history", "--graph"], 0);
    project.write("arvel.toml", "[migrations]\nhistory = \"grahp\"\n");
    project.refused(&["make", "migration", "sixth"], 3).refused(&["db", "revision", "-m", "sixth"], 3);
    project.snapshot("explicit_history");
}

#[test]
fn what_has_no_place_is_not_written() {
    let mut project = forked();
    project
        .refused(&["db", "revision", "-m", "x", "--head", "users"], 4)
        .refused(&["db", "revision", "-m", "x", "--head", "heads"], 4)
        .refused(&["db", "revision", "-m", "x", "--head", "head"], 4)
        .refused(&["db", "revision", "-m", "x", "--head", "postz"], 4)
        .refused(&["db", "revision", "-m", "x", "--head", "current"], 4)
        .refused(&["db", "revision", "-m", "x", "--head", "-1"], 4)
        .refused(&["db", "revision", "-m", "x", "--depends-on", "nobody"], 4)
        .refused(&["db", "revision", "-m", "x", "--depends-on", "arvel-auth/create_users_table"], 4)
        .refused(&["db", "revision", "-m", "x", "--label", "blog"], 4)
        .refused(&["db", "revision", "-m", "x", "--label", "3_carts"], 4)
        .refused(&["db", "revision", "-m", "x", "--label", "a-b"], 2)
        .refused(&["db", "revision", "-m", "x", "--rev-id", "1_users"], 4)
        .refused(&["db", "revision", "-m", "x", "--rev-id", "heads"], 2)
        .refused(&["db", "revision", "-m", "!!"], 2)
        .refused(&["db", "revision", "-m", "x", "--splice"], 2)
        .refused(&["db", "revision", "-m", "x", "--create", "a", "--table", "b"], 2)
        .refused(&["db", "revision", "-m", "x", "--edit", "--dry-run"], 2)
        .refused(&["db", "revision", "-m", "x", "--autogenerate"], 2)
        .refused(&["db", "revision", "-m", "x", "--version-path", "nowhere"], 2)
        .refused(&["db", "revision", "-m", "x", "--version-path", "database", "--path", "database"], 2)
        .refused(&["make", "migration", "x", "--path", "nowhere"], 2)
        .refused(&["db", "revision"], 2)
        .refused(&["db", "merge", "blog", "users"], 4)
        .refused(&["db", "merge", "blog"], 4)
        .refused(&["db", "merge", "blog", "nobody"], 4)
        .refused(&["db", "merge", "blog", "current"], 4);
    project.write("database/migrations/4_d.sql", &format!("-- label: x\n{}", table("4_d")));
    project.refused(&["db", "merge"], 4);
    project.write("database/migrations/4_d.sql", &format!("-- labels: blog\n{}", table("4_d")));
    project.refused(&["db", "merge"], 4);
    project.write("database/migrations/4_d.sql", &table("4_d"));
    project.write("database/migrations/5_e.rs", "migration! { up, labels: [FIRST] }");
    project.refused(&["db", "merge"], 4).refused(&["db", "revision", "-m", "x", "--head", "base"], 4);
    // Who says nothing about the place is not asked about other files.
    project.run(&["make", "migration", "anyway", "--sql"], 0);
    project.snapshot("what_has_no_place_is_not_written");
}

#[test]
fn files_are_opened_in_the_editor() {
    let mut project = forked();
    project
        .run(&["db", "revision", "-m", "like a line", "--sql", "--dry-run"], 0)
        .refused(&["db", "edit", "blog"], 1)
        .run(&["db", "revision", "-m", "without", "--sql", "--edit"], 1)
        .run(&["db", "heads"], 0);
    project.set("EDITOR", "false");
    project
        .run(&["db", "edit", "blog"], 1)
        .run(&["db", "revision", "-m", "failed", "--sql", "--edit", "--json"], 1);
    project.set("EDITOR", "no-such-editor --wait");
    project.run(&["db", "edit", "blog"], 1);
    project.set("VISUAL", "sed -i -e 's/id int/id bigint/'");
    project
        .run(&["db", "edit", "blog"], 0)
        .run(&["db", "edit", "nobody"], 4)
        .run(&["db", "edit", "base"], 4)
        .run(&["db", "edit", "current"], 4)
        .run(&["db", "migrate", "users", "-q"], 0)
        .run(&["db", "edit", "current", "--json"], 0)
        .run(&["db", "revision", "-m", "mended", "--edit", "--sql"], 0);
    let text = fs::read_to_string(project.at("database/migrations/2_posts.sql")).unwrap();
    assert!(text.contains("id bigint"), "{text}");
    project.snapshot("files_are_opened_in_the_editor");
}

#[test]
fn an_unapplied_migration_can_be_deleted() {
    let mut project = forked();
    project
        .run(&["db", "migrate", "blog", "-q"], 0)
        .run(&["make", "sync"], 0)
        .refused(&["db", "delete", "posts"], 7)
        .refused(&["db", "delete", "users"], 7)
        .refused(&["db", "delete", "nobody"], 4)
        .refused(&["db", "delete", "heads"], 4)
        .refused(&["db", "delete", "current"], 4)
        .refused(&["db", "delete", "carts", "--dry-run"], 0)
        .run(&["db", "delete", "carts"], 0)
        .run(&["db", "heads"], 0);
    project.write("database/migrations/4_d.up.sql", "CREATE TABLE d (id int);\n");
    project.write("database/migrations/4_d.down.sql", "DROP TABLE d;\n");
    project.write("database/migrations/5_e.rs", "migration! { up, depends_on: [\"4_d\"] }");
    project
        .refused(&["db", "delete", "4_d"], 7)
        .run(&["db", "delete", "5_e", "--json"], 0)
        .run(&["db", "delete", "4_d"], 0);
    project.set("DATABASE_URL", "postgres://nobody@127.0.0.1:1/none");
    project.write("database/migrations/6_f.sql", &table("6_f"));
    project.refused(&["db", "delete", "6_f"], 7).run(&["db", "delete", "6_f", "--force"], 0);
    assert!(!project.at("database/migrations/4_d.down.sql").exists());
    project.snapshot("an_unapplied_migration_can_be_deleted");
}

#[test]
fn files_are_cleared_with_consent() {
    let mut project = forked();
    project
        .run(&["db", "migrate", "users", "-q"], 0)
        .run(&["make", "sync"], 0)
        .refused(&["db", "clear"], 2)
        .refused(&["db", "clear", "--files", "--dry-run"], 7)
        .refused(&["db", "clear", "--files", "--force"], 7)
        .refused(&["db", "clear", "--files", "--history", "--dry-run"], 0)
        .refused(&["db", "clear", "--files", "--history"], 7)
        .refused(&["db", "clear", "--files", "--path", "database/migrations"], 2)
        .run(&["db", "clear", "--files", "--history", "--force"], 0)
        .run(&["db", "status"], 0)
        .run(&["db", "clear", "--files", "--json"], 0);
    assert_eq!(made(&project), [""; 0]);
    project.snapshot("files_are_cleared_with_consent");
}

#[test]
fn a_project_begins() {
    let mut project = Project::new();
    fs::remove_file(project.at("arvel.toml")).unwrap();
    project
        .refused(&["db", "init", "--multi", "--dry-run"], 0)
        .refused(&["db", "init", "--dry-run"], 0)
        .run(&["db", "init"], 0)
        .refused(&["db", "init"], 7)
        .refused(&["db", "init", "--multi"], 7)
        .run(&["db", "list-templates"], 0)
        .run(&["make", "migration", "create_posts_table", "title:string"], 0);
    fs::remove_file(project.at("arvel.toml")).unwrap();
    project.write("build.rs", "fn main() {}\n");
    project.run(&["db", "init", "--json"], 0);
    project.snapshot("a_project_begins");
}
