//! Nested folders and folders of other lines.

use std::{fs, process::Command};

use crate::project::{Project, table};

const SEARCH: &str = "[migrations.paths]\nsearch = \"database/search\"\n";

fn module(project: &Project, folder: &str) -> String {
    fs::read_to_string(project.at(folder).join("mod.rs")).unwrap_or_default()
}

#[test]
fn compiled_files_of_a_nested_folder_are_run() {
    let mut project = Project::new().of_hooks();
    project.run(&["db", "migrate"], 0).run(&["db", "history", "-v"], 0).run(&["db", "reset", "-q"], 0);
    project.snapshot("compiled_files_of_a_nested_folder_are_run");
}

#[test]
fn files_of_a_nested_folder_are_found_listed_and_removed() {
    let mut project = Project::new()
        .file("database/migrations/2025/1_a.sql", &table("1_a"))
        .file("database/migrations/2026/2_b.up.sql", "CREATE TABLE b (id int);\n")
        .file("database/migrations/2026/2_b.down.sql", "DROP TABLE b;\n");
    project
        .run(&["make", "sync"], 0)
        .run(&["db", "status", "--path", "database/migrations/2026"], 0)
        .run(&["db", "migrate"], 0)
        .run(&["make", "migration", "add_c", "--path", "database/migrations/2026"], 0)
        .run(&["db", "revision", "-m", "add d", "--sql", "--version-path", "database/migrations/2026"], 0)
        .refused(&["make", "migration", "add_e", "--path", "database/migrations/2027"], 2)
        .refused(&["make", "migration", "a", "--path", "database/migrations/2025"], 2)
        .run(&["db", "rollback", "-q", "--steps", "2"], 0)
        .run(&["db", "delete", "a"], 0)
        .run(&["make", "sync"], 0);
    assert!(!project.at("database/migrations/2025").exists(), "an empty nested folder goes");
    assert!(!project.at("database/migrations/2026/mod.rs").exists(), "one list is enough");
    let module = module(&project, "database/migrations");
    assert!(module.contains("sql!(\"2026/2_b.up.sql\", \"2026/2_b.down.sql\");"), "{module}");
    assert!(module.contains("#[path = \"2026/20") && !module.contains("2025/"), "{module}");
    project.snapshot("files_of_a_nested_folder_are_found_listed_and_removed");
}

#[test]
fn the_build_guard_looks_into_nested_folders() {
    let mut project = Project::new()
        .file("database/migrations/2026/1_a.rs", "")
        .file("database/migrations/2026/01/2_b.sql", &table("2_b"))
        .file("database/migrations/own/3_c.sql", &table("3_c"))
        .file("database/migrations/own/mod.rs", "arvel_migrate::line!(\"own\");\n");
    fs::remove_file(project.at("arvel.toml")).unwrap();
    project.run(&["db", "init"], 0);
    let guard = project.at("guard");
    let rustc = std::env::var("RUSTC").unwrap_or_else(|_| "rustc".to_owned());
    let built = Command::new(rustc)
        .args(["--edition", "2024", "-o"])
        .args([&guard, &project.at("build.rs")])
        .status();
    assert!(built.unwrap().success());
    let errors = |project: &Project| -> Vec<String> {
        let output = Command::new(&guard).current_dir(project.at("")).output().unwrap();
        let text = String::from_utf8(output.stdout).unwrap();
        text.lines().filter_map(|line| line.strip_prefix("cargo::error=")).map(str::to_owned).collect()
    };
    let own = "`database/migrations/own/3_c.sql` is not listed in `database/migrations/own/mod.rs` and would never run; \
               run `arvel make sync`, or add: arvel_migrate::sql!(\"3_c.sql\");";
    assert_eq!(errors(&project), [own], "`db init` lists the rest");
    project.write(
        "database/migrations/own/mod.rs",
        "arvel_migrate::line!(\"own\");\narvel_migrate::sql!(\"3_c.sql\");\n",
    );
    assert_eq!(errors(&project), [""; 0]);
    project.write("database/migrations/2026/4_d.sql", "");
    fs::remove_file(project.at("database/migrations/2026/1_a.rs")).unwrap();
    let mut found = errors(&project);
    found.sort();
    assert_eq!(
        found,
        [
            "`database/migrations/2026/4_d.sql` is not listed in `database/migrations/mod.rs` and would never run; run `arvel make sync`, or add: arvel_migrate::sql!(\"2026/4_d.sql\");",
            "`database/migrations/mod.rs` lists `2026/1_a.rs`, which is not there; run `arvel make sync`, or take the line out"
        ]
    );
}

#[test]
fn another_line_has_a_folder_of_its_own() {
    let mut project = Project::new()
        .file("arvel.toml", SEARCH)
        .migration("1_users", &table("1_users"))
        .file("database/search/1_words.sql", &table("1_words"));
    project
        .run(&["db", "status"], 0)
        .run(&["db", "heads"], 0)
        .run(&["db", "migrate", "-q"], 0)
        .run(&["db", "revision", "-m", "more search", "--sql", "--head", "words"], 0)
        .run(&["make", "migration", "others", "--sql", "--path", "database/search"], 0)
        .run(&["make", "sync"], 0)
        .run(&["db", "heads", "-v"], 0);
    assert!(module(&project, "database/search").contains("arvel_migrate::line!(\"search\");"));
    assert!(module(&project, "database/migrations").contains("arvel_migrate::line!(\"default\");"));
    project.snapshot("another_line_has_a_folder_of_its_own");
}

#[test]
fn a_line_nested_in_another_keeps_its_name() {
    let mut project = Project::new()
        .file("arvel.toml", "[migrations.paths]\nsearch = \"database/migrations/search\"\n")
        .migration("1_users", &table("1_users"))
        .file("database/migrations/search/2_words.sql", &table("2_words"))
        .file("database/migrations/search/2026/3_more.sql", &table("3_more"));
    project.run(&["make", "sync"], 0).run(&["db", "status", "--json"], 0).run(&["db", "heads"], 0);
    let (own, outer) =
        (module(&project, "database/migrations/search"), module(&project, "database/migrations"));
    assert!(own.contains("line!(\"search\")") && own.contains("sql!(\"2026/3_more.sql\");"), "{own}");
    assert!(!outer.contains("search/"), "{outer}");
    project.snapshot("a_line_nested_in_another_keeps_its_name");
}

#[test]
fn bad_lines_are_refused() {
    let mut project = Project::new().file("arvel.toml", "[migrations.paths]\ndefault = \"database/x\"\n");
    project.refused(&["db", "status"], 3);
    project.write("arvel.toml", "[migrations.paths]\na = \"database/x\"\nb = \"database/x\"\n");
    project.refused(&["db", "status"], 3);
    project.write("arvel.toml", "[migrations.paths]\nsearch = \"database/nowhere\"\n");
    project.run(&["make", "sync"], 0).run(&["db", "doctor"], 0);
    project.snapshot("bad_lines_are_refused");
}
