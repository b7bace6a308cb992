//! Nobody but a dialect knows a database by name, or speaks its SQL.

use super::{
    lexer::{identifiers, words},
    source::{File, members},
};

const NAMES: [&str; 6] = ["sqlite", "postgres", "postgresql", "mysql", "mariadb", "pg"];

/// SQL that only one database understands.
const SPOKEN: [&str; 8] =
    ["PRAGMA", "sqlite_", "pg_", "GET_LOCK", "RELEASE_LOCK", "information_schema", "wsrep", "PROCESSLIST"];

/// Crates that are applications: they choose their driver, and write its SQL.
const APPLICATIONS: [&str; 2] = ["plugins/", "example-app"];

/// Where a name may be said, and why.
const MAY_NAME: &[(&str, &str)] = &[
    ("arvel-migrate/src/dialect/", "it is theirs"),
    ("arvel-migrate/src/db.rs", "the accessors of the driver's own connection, for data steps"),
    ("arvel-migrate/src/testing/", "tests choose their engine"),
];

/// Where a database's own SQL stands outside its dialect, and why.
const MAY_SPEAK: &[(&str, &str)] = &[
    ("arvel-migrate/src/dialect/", "it is theirs"),
    ("arvel-migrate/src/testing/", "a template that many processes make at once"),
];

fn check(rooms: &[(&str, &str)], finds: impl Fn(&File) -> Vec<String>) {
    let mut wrong = Vec::new();
    let mut used = vec![false; rooms.len()];
    let members = members();
    let engine =
        members.iter().filter(|member| !APPLICATIONS.iter().any(|app| member.folder.starts_with(app)));
    for file in engine.flat_map(|member| &member.files) {
        let found = finds(file);
        match rooms.iter().position(|(room, _)| file.path.starts_with(room)) {
            Some(at) => used[at] |= !found.is_empty(),
            None => wrong.extend(found),
        }
    }
    for ((room, reason), used) in rooms.iter().zip(used) {
        if !used {
            wrong.push(format!("the exception `{room}` ({reason}) excuses nothing: remove it"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A string counts when it is a name and nothing else: what a comparison is made with. Prose may name a database.
#[test]
fn no_database_is_named_outside_its_dialect() {
    check(MAY_NAME, |file| {
        let named = |text: &str| words(text).iter().any(|word| NAMES.contains(&word.as_str()));
        let code = identifiers(&file.code).into_iter().filter(|(_, word)| named(word));
        let strings = file.strings.iter().filter(|(_, text)| NAMES.contains(&text.to_lowercase().as_str()));
        code.map(|(at, word)| format!("{}: {word}", file.place(at)))
            .chain(strings.map(|(at, text)| format!("{}: \"{text}\"", file.place(*at))))
            .collect()
    });
}

#[test]
fn no_database_is_spoken_to_outside_its_dialect() {
    check(MAY_SPEAK, |file| {
        let spoken = |text: &str| SPOKEN.iter().any(|mark| text.contains(mark));
        let strings = file.strings.iter().filter(|(_, text)| spoken(text));
        strings.map(|(at, text)| format!("{}: \"{text}\"", file.place(*at))).collect()
    });
}
