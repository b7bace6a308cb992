//! Text that means nothing, wherever a target is read and wherever a file says something of itself: dozens of them, each refused with
//! its own words and the exit code of the interface, never taken for something else, and nothing has changed afterwards.

use std::{ffi::OsStr, os::unix::ffi::OsStrExt as _, process::Command};

use crate::project::{Project, table};

/// What no command that takes a target understands.
const TARGETS: &[&str] = &[
    "",
    " ",
    "  head",
    "head ",
    "he ad",
    "+",
    "-",
    "+-1",
    "-+1",
    "++1",
    "+1abc",
    "-1abc",
    "+1.5",
    "+1e3",
    "+0x1",
    "+ 1",
    "+0",
    "-0",
    "+00",
    "+99999999999999999999",
    "-99999999999999999999",
    "+9223372036854775808",
    "+١",
    "@",
    "@@",
    "x@",
    "@x",
    "@head",
    "@+1",
    "blog@",
    "blog@@head",
    "blog@head@head",
    "head@head",
    "head@blog",
    "base@head",
    "current@base",
    "blog@+",
    "blog@+1x",
    "heads+1",
    "heads-1",
    "blog@heads-1",
    "all",
    "blog@all",
    "a:b",
    "a::b",
    ":",
    "::",
    "a:b:c",
    "1_users:2_posts",
    "-1:",
    "1-2-3",
    "posts-b",
    "posts+b",
    "2_posts-",
    "2_posts+",
    "*",
    "2_*",
    "2_posts.sql",
    "database/migrations/2_posts.sql",
    "HEAD",
    "Head",
    "^",
    "~1",
    "head~1",
    "'head'",
    "\"head\"",
    "`head`",
    "$(head)",
    "1_users;2_posts",
    "1_users,2_posts",
    "1_users 2_posts",
    "1_users\n2_posts",
    "1_users\t",
    "\u{1b}[31mred",
    "\u{7f}",
    "\u{202e}sdaeh",
    "\u{feff}head",
    "héad",
    "日本語",
    "🦀",
    "e\u{301}",
];

/// What only some commands refuse.
const RANGES: &[&str] = &[
    "",
    ":",
    "::",
    "a",
    "a:b:c",
    "a:+1x",
    "+1abc:",
    "posts:users",
    "users:nowhere",
    "-9:",
    "@:",
    ":@head",
    "all:",
    "heads-1:",
];

fn forked() -> Project {
    let with = |header: &str, stem: &str| format!("{header}\n{}", table(stem));
    Project::new()
        .migration("1_users", &table("1_users"))
        .migration("2_posts", &with("-- parents: 1_users\n-- labels: blog", "2_posts"))
        .migration("3_carts", &with("-- parents: 1_users\n-- labels: shop", "3_carts"))
}

fn escaped(text: &str) -> String {
    text.escape_debug().to_string()
}

#[test]
fn targets_that_mean_nothing() {
    let mut project = forked();
    project.run(&["db", "migrate", "1_users", "-q"], 0);
    let before = project.state();
    for text in TARGETS {
        let output = project.output(&["db", "migrate", text]);
        project.note(&["db", "migrate", &format!("'{}'", escaped(text))], &output);
        let shown = String::from_utf8_lossy(&output.stderr).into_owned();
        // clap's own refusal, or the target's.
        assert!(matches!(output.status.code(), Some(2 | 4)), "{text:?}: {output:?}");
        assert!(output.stdout.is_empty() && shown.contains("error:"), "{text:?}: {shown}");
        assert!(output.status.code() == Some(2) || shown.contains("hint:"), "{text:?}: {shown}");
        assert!(!shown.contains('\u{1b}') && !shown.contains('\u{202e}'), "{text:?}: {shown:?}");
    }
    assert_eq!(project.state(), before);
    project.snapshot("targets_that_mean_nothing");
}

#[test]
fn every_command_with_a_target_refuses_them() {
    let mut project = forked();
    project.run(&["db", "migrate", "1_users", "-q"], 0);
    let before = project.state();
    let commands: [&[&str]; 8] = [
        &["db", "downgrade"],
        &["db", "stamp"],
        &["db", "show"],
        &["db", "edit"],
        &["db", "delete"],
        &["db", "rollback", "--to"],
        &["db", "migrate", "--revision"],
        &["db", "revision", "-m", "x", "--sql", "--head"],
    ];
    for command in commands {
        // One of each kind: the words are those of `targets_that_mean_nothing`.
        for text in ["", "+1abc", "@", "head@head", "+0", "a:b:c", "all", "1_users 2_posts", "日本語"] {
            let args: Vec<&str> = command.iter().copied().chain([text]).collect();
            let output = project.output(&args);
            assert!(matches!(output.status.code(), Some(2 | 4)), "{args:?}: {output:?}");
            assert!(output.stdout.is_empty() && !output.stderr.is_empty(), "{args:?}: {output:?}");
        }
    }
    assert_eq!(project.state(), before);
}

#[test]
fn ranges_that_mean_nothing() {
    let mut project = forked();
    for text in RANGES {
        project.refused(&["db", "history", "-r", text], 4);
    }
    project
        .refused(&["db", "history", "-r"], 2)
        .refused(&["db", "history", "-r", "--graph"], 2)
        .refused(&["db", "history", "--rev-range="], 4)
        .refused(&["db", "history", "-r:", "-r:"], 2);
    project.snapshot("ranges_that_mean_nothing");
}

#[test]
fn a_text_of_ten_thousand_letters_is_not_read_aloud() {
    let mut project = forked();
    project.run(&["db", "migrate", "1_users", "-q"], 0);
    let long = "x".repeat(10_000);
    for text in [
        long.clone(),
        format!("{long}@head"),
        format!("blog@{long}"),
        format!("+1{long}"),
        format!("{long}:"),
        format!("+{}", "9".repeat(10_000)),
    ] {
        for command in ["migrate", "show", "stamp"] {
            let output = project.output(&["db", command, &text]);
            assert_eq!(output.status.code(), Some(4), "{output:?}");
            let shown = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(shown.len() < 600 && shown.contains('…') && shown.contains("hint:"), "{shown}");
        }
    }
}

#[test]
fn what_is_not_even_text_is_a_mistake_of_usage() {
    let project = forked();
    let output = Command::new(env!("CARGO_BIN_EXE_bare-app"))
        .args([OsStr::new("db"), OsStr::new("migrate"), OsStr::from_bytes(b"he\xffad")])
        .current_dir(project.at(""))
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2), "{output:?}");
    assert!(output.stdout.is_empty() && !output.stderr.is_empty());
}

/// A name for the case, and the files beside `1_users.sql`.
type Set = (&'static str, &'static [(&'static str, &'static str)]);

/// What a file can say wrongly of itself. `UP` is an ordinary way forward.
const FILES: &[Set] = &[
    ("a key that is nearly one", &[("2_b", "-- parent: 1_users\nUP")]),
    ("another", &[("2_b", "-- depends-on: 1_users\nUP")]),
    ("and another", &[("2_b", "-- label: blog\nUP")]),
    ("with capitals", &[("2_b", "-- Parents: 1_users\nUP")]),
    ("a key twice", &[("2_b", "-- labels: a\n-- labels: b\nUP")]),
    ("a key without a value", &[("2_b", "-- parents:\nUP")]),
    ("a list with a hole", &[("2_b", "-- parents: 1_users,,\nUP")]),
    ("none beside a parent", &[("2_b", "-- parents: none, 1_users\nUP")]),
    ("a parent with a space", &[("2_b", "-- parents: 1 users\nUP")]),
    ("an origin as a parent", &[("2_b", "-- parents: arvel-auth/create_users_table\nUP")]),
    ("a parent nobody is", &[("2_b", "-- parents: 1_user\nUP")]),
    ("a slug as a parent", &[("2_b", "-- parents: users\nUP")]),
    ("a dependency nobody is", &[("2_b", "-- depends_on: nowhere\nUP")]),
    ("a package nobody has published", &[("2_b", "-- depends_on: arvel-auth/create_users_table\nUP")]),
    ("a revision of a reserved word", &[("2_b", "-- revision: heads\nUP")]),
    ("a revision with a dash", &[("2_b", "-- revision: a-b\nUP")]),
    ("a revision with a NUL", &[("2_b", "-- revision: a\0b\nUP")]),
    ("a revision with an escape", &[("2_b", "-- revision: \u{1b}[31m\nUP")]),
    ("a revision twice", &[("2_b", "-- revision: 1_users\nUP")]),
    ("a label of a reserved word", &[("2_b", "-- labels: base\nUP")]),
    ("a label twice", &[("2_b", "-- labels: blog\nUP"), ("3_c", "-- labels: shop, blog\nUP")]),
    ("a label that is a revision", &[("2_b", "-- labels: 1_users\nUP")]),
    ("a label that is its own revision", &[("2_b", "-- labels: 2_b\nUP")]),
    ("itself as a parent", &[("2_b", "-- parents: 2_b\nUP")]),
    ("itself as a dependency", &[("2_b", "-- depends_on: 2_b\nUP")]),
    ("two that follow each other", &[("2_b", "-- parents: 3_c\nUP"), ("3_c", "-- parents: 2_b\nUP")]),
    (
        "two that need each other",
        &[
            ("2_b", "-- parents: none\n-- depends_on: 3_c\nUP"),
            ("3_c", "-- parents: none\n-- depends_on: 2_b\nUP"),
        ],
    ),
    (
        "three in a ring between a base and a head",
        &[
            ("2_b", "-- parents: 1_users, 4_d\nUP"),
            ("3_c", "-- parents: 2_b\nUP"),
            ("4_d", "-- parents: 3_c\nUP"),
            ("5_e", "-- parents: 4_d\nUP"),
        ],
    ),
    ("an earlier file that waits for a later one", &[("0_a", "-- parents: 2_b\nUP"), ("2_b", "UP")]),
    ("no section", &[("2_b", "-- parents: 1_users\n")]),
    ("a section that is none", &[("2_b", "-- migrate:sideways\nSELECT 1;\n")]),
    ("a section with a word behind it", &[("2_b", "-- migrate:up transaction:maybe\nSELECT 1;\n")]),
];

#[test]
fn files_that_say_something_wrong_of_themselves() {
    let mut project = Project::new().applied(&["1_users"]);
    for (name, files) in FILES {
        project.set("case", name);
        for (stem, text) in *files {
            let text = text.replace("UP", &format!("-- migrate:up\nCREATE TABLE {} (id int);\n", &stem[2..]));
            project.write(&format!("database/migrations/{stem}.sql"), &text);
        }
        let before = project.state();
        let output = project.output(&["db", "heads"]);
        project.note(&["db", "heads"], &output);
        let shown = String::from_utf8_lossy(&output.stderr).into_owned();
        assert_eq!(output.status.code(), Some(4), "{name}: {output:?}");
        assert!(output.stdout.is_empty() && shown.contains("hint:"), "{name}: {shown}");
        assert!(shown.contains(&format!("database/migrations/{}.sql", files[0].0)), "{name}: {shown}");
        assert!(!shown.contains('\u{1b}') && !shown.contains('\0'), "{name}: {shown:?}");
        assert_eq!(project.state(), before, "{name}");
        for (stem, _) in *files {
            std::fs::remove_file(project.at(&format!("database/migrations/{stem}.sql"))).unwrap();
        }
    }
    project.snapshot("files_that_say_something_wrong_of_themselves");
}

#[test]
fn merges_of_what_is_related_or_one() {
    let mut project = forked();
    project
        .refused(&["db", "merge", "1_users", "2_posts"], 4)
        .refused(&["db", "merge", "2_posts", "1_users", "--splice"], 4)
        .refused(&["db", "merge", "2_posts", "2_posts"], 4)
        .refused(&["db", "merge", "2_posts"], 4)
        .refused(&["db", "merge", "blog@head"], 4)
        .refused(&["db", "merge", "base"], 4)
        .refused(&["db", "merge", "2_posts", "+1"], 4)
        .refused(&["db", "merge", "2_posts", "@"], 4);
    project.snapshot("merges_of_what_is_related_or_one");
}
