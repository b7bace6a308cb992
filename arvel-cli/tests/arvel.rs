//! The global binary: what it does by itself, and what it asks cargo for. Cargo is a script here.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use std::{
    os::unix::fs::PermissionsExt,
    path::Path,
    process::{Command, Output},
};

fn arvel(folder: &Path, arguments: &[&str]) -> Output {
    let cargo = folder.join("fake-cargo");
    std::fs::write(&cargo, "#!/bin/sh\necho \"$@\"\nexit 42\n").unwrap();
    std::fs::set_permissions(&cargo, std::fs::Permissions::from_mode(0o755)).unwrap();
    Command::new(env!("CARGO_BIN_EXE_arvel"))
        .args(arguments)
        .current_dir(folder)
        .env("CARGO", cargo)
        .output()
        .unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

#[test]
fn outside_a_project_it_says_so() {
    let home = tempfile::tempdir().unwrap();
    for arguments in [&["db", "status"][..], &["make", "sync"]] {
        let output = arvel(home.path(), arguments);
        assert_eq!(output.status.code(), Some(3), "{arguments:?}");
        let error = text(&output.stderr);
        assert!(error.starts_with("error: no `arvel.toml` in ") && error.contains("  hint: "), "{error}");
    }
}

#[test]
fn everything_else_is_the_applications_with_its_exit_code() {
    let home = tempfile::tempdir().unwrap();
    let root = home.path().canonicalize().unwrap();
    std::fs::create_dir_all(root.join("src/deep")).unwrap();
    std::fs::write(root.join("arvel.toml"), "[app]\nbin = \"server\"\n").unwrap();
    std::fs::write(root.join("Cargo.toml"), "[package]\nname = \"shop\"\n").unwrap();
    let output = arvel(&root.join("src/deep"), &["db", "migrate", "-1", "--help"]);
    assert_eq!(output.status.code(), Some(42));
    let expected = format!(
        "run -q -p shop --bin server --manifest-path {}/Cargo.toml -- db migrate -1 --help\n",
        root.display()
    );
    assert_eq!(text(&output.stdout), expected);
}

#[test]
fn make_needs_no_cargo() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("arvel.toml"), "[broken]\nkey = 1\n").unwrap();
    let output = arvel(home.path(), &["make", "migration", "create_posts_table", "title:string"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let written = text(&output.stdout);
    assert!(
        written.starts_with("wrote `database/migrations/") && written.ends_with("_create_posts_table.rs`\n")
    );
    assert!(home.path().join("database/migrations/mod.rs").is_file());
}

#[test]
fn a_file_that_does_not_compile_is_deleted_without_cargo() {
    let home = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = home.path().join("database/migrations").join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    std::fs::write(home.path().join("arvel.toml"), "").unwrap();
    write("1_a.sql", "-- migrate:up\nSELECT 1;\n");
    write("2_b.rs", "migration! { up, parents: [\"1_a\"] }\nfn up() { nobody_knows_this(); }\n");
    assert_eq!(arvel(home.path(), &["make", "sync"]).status.code(), Some(0));

    let named = arvel(home.path(), &["db", "delete", "1_a", "--force"]);
    assert_eq!(named.status.code(), Some(7), "{}", text(&named.stdout));
    assert!(text(&named.stderr).contains("`1_a` is named in `database/migrations/2_b.rs` (parents)"));
    let unasked = arvel(home.path(), &["db", "delete", "2_b"]);
    assert_eq!(unasked.status.code(), Some(7));
    assert!(
        text(&unasked.stderr).contains("`arvel db delete` reads files only"),
        "{}",
        text(&unasked.stderr)
    );
    let shown = arvel(home.path(), &["db", "delete", "2_b", "--dry-run"]);
    assert_eq!(text(&shown.stdout), "would remove `database/migrations/2_b.rs`\n");

    let deleted = arvel(home.path(), &["db", "delete", "2_b", "--force"]);
    assert_eq!(deleted.status.code(), Some(0), "{}", text(&deleted.stderr));
    assert!(!home.path().join("database/migrations/2_b.rs").exists());
    let module = std::fs::read_to_string(home.path().join("database/migrations/mod.rs")).unwrap();
    assert!(module.contains("1_a.sql") && !module.contains("2_b"), "{module}");
    // One that is not even Rust, and one of two with the same label.
    write("3_c.rs", "migration! { up\n");
    let broken = arvel(home.path(), &["db", "delete", "3_c", "--force"]);
    assert_eq!(broken.status.code(), Some(0), "{}", text(&broken.stderr));
    assert!(text(&broken.stderr).contains("can not be read as Rust"), "{}", text(&broken.stderr));
    write("4_d.sql", "-- labels: x\n-- migrate:up\nSELECT 1;\n");
    write("5_e.sql", "-- labels: x\n-- migrate:up\nSELECT 1;\n");
    assert_eq!(arvel(home.path(), &["db", "delete", "1_a", "--force"]).status.code(), Some(4));
    assert_eq!(arvel(home.path(), &["db", "delete", "e", "--force"]).status.code(), Some(0));
    assert!(home.path().join("database/migrations/4_d.sql").exists());
    assert_eq!(arvel(home.path(), &["db", "delete"]).status.code(), Some(2));
    assert_eq!(arvel(home.path(), &["db", "delete", "--help"]).status.code(), Some(0));
}

#[test]
fn make_alone_says_what_only_the_application_knows() {
    let home = tempfile::tempdir().unwrap();
    std::fs::write(home.path().join("arvel.toml"), "[migrations]\nhistory = \"graph\"\n").unwrap();
    let first = arvel(home.path(), &["make", "migration", "first"]);
    assert_eq!(first.status.code(), Some(0), "{}", text(&first.stderr));
    let second = arvel(home.path(), &["make", "migration", "second", "--head", "first", "--json"]);
    assert!(text(&second.stdout).contains("\"parents\": [\n"), "{}", text(&second.stdout));
    let unknown = arvel(home.path(), &["make", "migration", "third", "--head", "elsewhere"]);
    assert_eq!(unknown.status.code(), Some(4));
    let error = text(&unknown.stderr);
    assert!(error.contains("`arvel make` reads the files of `database/migrations` only"), "{error}");
}

#[test]
fn what_shells_read_is_about_the_commands_of_the_project_too() {
    let home = tempfile::tempdir().unwrap();
    let script = arvel(home.path(), &["completions", "bash"]);
    assert_eq!(script.status.code(), Some(0), "{}", text(&script.stderr));
    for word in [
        "_arvel()",
        "arvel__subcmd__db__subcmd__migrate",
        "--pretend",
        "--env",
        "ensure-version",
        "completions",
    ] {
        assert!(text(&script.stdout).contains(word), "{word}");
    }
    let page = arvel(home.path(), &["man", "db", "migrate"]);
    assert_eq!(page.status.code(), Some(0), "{}", text(&page.stderr));
    assert!(text(&page.stdout).contains("$ arvel db migrate +1"), "{}", text(&page.stdout));
    let pages = home.path().join("man1");
    assert_eq!(arvel(home.path(), &["man", "--out", "man1"]).status.code(), Some(0));
    for page in ["arvel.1", "arvel-make-migration.1", "arvel-db-migrate.1"] {
        assert!(pages.join(page).is_file(), "{page}");
    }
}

/// Names, templates and formatters are the project's, without its program: that alone knows its own values.
#[test]
fn files_are_made_as_the_project_says() {
    let home = tempfile::tempdir().unwrap();
    let write = |name: &str, text: &str| {
        let path = home.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    };
    let template = "// {{ name }}\nmigration! { up }\nfn up(schema:&mut Schema) {\n    {{ up }}\n}\n";
    write("database/templates/blank.rs", template);
    write(
        "arvel.toml",
        "[migrations]\nfile_template = \"{year}/{stamp}_{slug}\"\nafter_write = [[\"rustfmt\", \"{file}\"]]\n",
    );
    let output = arvel(home.path(), &["make", "migration", "tidy_up"]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let written = text(&output.stdout);
    let file = written.strip_prefix("wrote `").unwrap().strip_suffix("`\n").unwrap();
    let (folder, name) = file.strip_prefix("database/migrations/").unwrap().split_once('/').unwrap();
    assert!(folder.len() == 4 && name.starts_with(folder), "{written}");
    let made = std::fs::read_to_string(home.path().join(file)).unwrap();
    assert!(made.starts_with("// tidy_up\nmigration! { up }\nfn up(schema: &mut Schema) {\n"), "{made}");

    write("database/templates/blank.rs", &template.replace("{{ name }}", "{{ team }}"));
    let output = arvel(home.path(), &["make", "migration", "more"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(text(&output.stderr).contains("which `arvel db revision` knows and `arvel make` does not"));
    write("arvel.toml", "[migrations]\nafter_write = \"rustfmt\"\n");
    let output = arvel(home.path(), &["make", "migration", "more"]);
    assert_eq!(output.status.code(), Some(3));
    assert!(
        text(&output.stderr).starts_with("error: `migrations.after_write`: "),
        "{}",
        text(&output.stderr)
    );
}
