//! `make package`: what is written, what is refused, and that both are so without a project and without a build.

use std::{fmt::Write as _, fs, path::Path, process::Command};

use crate::project::Project;

const MAKE: [&str; 6] =
    ["make", "package", "acme-billing", "invoices", "number:string:64:unique", "total:decimal:10,2"];

fn with(more: &[&'static str]) -> Vec<&'static str> {
    MAKE.iter().chain(more).copied().collect()
}

/// Every file of the new folder, with its name.
fn files(project: &Project, folder: &str) -> String {
    let mut shown = String::new();
    for (path, bytes) in project.state().files {
        if let Ok(inside) = path.strip_prefix(project.at(""))
            && inside.starts_with(folder)
        {
            let _ = write!(shown, "=== {}\n{}", inside.display(), String::from_utf8(bytes).unwrap());
        }
    }
    shown
}

#[test]
fn a_package_is_made_where_nothing_is() {
    let mut project = Project::empty();
    project
        .refused(&with(&["--dry-run"]), 0)
        .run(&MAKE, 0)
        .refused(&MAKE, 7)
        .refused(&with(&["--dry-run"]), 7)
        .run(&["make", "package", "acme-tickets", "--model", "Ticket", "--path", "packages/tickets"], 0);
    project.snapshot("a_package_is_made_where_nothing_is");
    insta::with_settings!({ snapshot_path => "snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("the_files_of_a_package", files(&project, "acme-billing"));
    });
}

#[test]
fn what_is_no_package_is_refused_with_what_would_do() {
    let mut project = Project::empty().file("taken/note.md", "mine");
    for name in ["AcmeBilling", "../x", "7up", "fn", "arvel-migrate", "con", "-x"] {
        project.refused(&["make", "package", "--", name], 2);
    }
    project
        .refused(&["make", "package", "acme", "Invoices"], 2)
        .refused(&["make", "package", "acme", "invoices", "total:money"], 2)
        .refused(&["make", "package", "acme", "invoices", "user:references"], 2)
        .refused(&["make", "package", "acme", "invoices", "--model", "invoice"], 2)
        .refused(&["make", "package", "acme", "--path", "taken"], 7)
        .refused(&["make", "package", "acme", "--path", "taken/note.md"], 7);
    project.snapshot("what_is_no_package_is_refused_with_what_would_do");
}

#[test]
fn a_broken_configuration_is_nothing_to_a_package() {
    let mut project = Project::empty().file("arvel.toml", "[databases\n");
    project.run(&["make", "package", "acme", "--json"], 0);
    let shown = project.transcript();
    assert!(shown.contains("\"origin\": \"acme/create_acmes_table\""), "{shown}");
    assert!(project.at("acme/Cargo.toml").is_file());
}

/// Says why a test is not run, past the harness.
pub(crate) fn skipped(why: &str) {
    use std::io::Write as _;
    let thread = std::thread::current();
    let _ = writeln!(std::io::stderr(), "skipped: {}: {why}", thread.name().unwrap_or("a test"));
}

/// What does not look as rustfmt leaves it with its defaults; `None` when there is no rustfmt.
fn unformatted(folder: &Path) -> Option<String> {
    let mut rust: Vec<_> = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension() {
                _ if path.is_dir() => open.push(path),
                Some(ending) if ending == "rs" => rust.push(path),
                _ => {}
            }
        }
    }
    let output = Command::new("rustfmt").args(["--check", "--edition", "2024"]).args(rust).output().ok()?;
    (!output.status.success())
        .then(|| String::from_utf8_lossy(&output.stdout).into_owned())
        .or(Some(String::new()))
}

#[test]
fn a_package_is_formatted_whatever_is_in_it() {
    let mut project = Project::empty();
    let kinds: [&[&str]; 5] = [
        &["acme-one"],
        &["zebra", "herds", "id", "name:string"],
        &[
            "acme-two",
            "invoices",
            "number:string:64:unique:comment=what people see",
            "order:integer:unsigned:default=1",
        ],
        &[
            "acme-three",
            "very_long_table_names_of_a_package",
            "type:enumeration:draft,published,archived,forgotten,found_again_somewhere_else,lost",
            "key:uuid:primary",
            "timestamps",
            "soft_deletes",
            "owner:morphs",
            "rate:double:null",
            "scan:binary:null",
        ],
        &["acme-four", "people", "parent:references:people:null:set_null", "group:string:null"],
    ];
    for words in kinds {
        let args: Vec<&str> = ["make", "package"].iter().chain(words).copied().collect();
        project.run(&args, 0);
        match unformatted(&project.at(words[0])) {
            None => return skipped("there is no rustfmt"),
            Some(difference) => assert_eq!(difference, "", "{words:?}"),
        }
    }
}
