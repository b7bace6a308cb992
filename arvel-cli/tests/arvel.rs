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
