//! Which room may do I/O, how long a file may be, and who may print.

use super::{
    lexer::identifiers,
    source::{File, Member, members},
};

/// A place and why it may. A place that ends in `/` is a folder.
type Room = (&'static str, &'static str);

/// Where waiting is allowed: `async`, `await`, tokio.
const WAITING: &[Room] = &[
    ("arvel-core/src/app.rs", "runs the command that was asked for"),
    ("arvel-core/src/lib.rs", "the boxed future that commands and plugins answer with"),
    ("arvel-core/src/plugin.rs", "a plugin's start"),
    ("arvel-core/src/readiness.rs", "readiness is asked for"),
    ("arvel-core/src/serve.rs", "the listener"),
    ("arvel-core/src/shutdown.rs", "signals"),
    ("arvel-migrate/src/db.rs", "the live connection"),
    ("arvel-migrate/src/dialect/connection.rs", "the I/O seam"),
    ("arvel-migrate/src/dialect/live.rs", "the I/O seam of every driver"),
    ("arvel-migrate/src/dialect/mysql/driver.rs", "connects"),
    ("arvel-migrate/src/dialect/mysql/inspect/mod.rs", "reads the catalog"),
    ("arvel-migrate/src/dialect/mysql/objects/inspect.rs", "reads the catalog"),
    ("arvel-migrate/src/dialect/mysql/wipe.rs", "reads what is there to drop"),
    ("arvel-migrate/src/dialect/postgres/driver.rs", "connects"),
    ("arvel-migrate/src/dialect/postgres/inspect/mod.rs", "reads the catalog"),
    ("arvel-migrate/src/dialect/postgres/objects/inspect.rs", "reads the catalog"),
    ("arvel-migrate/src/dialect/postgres/wipe.rs", "reads what is there to drop"),
    ("arvel-migrate/src/dialect/sqlite/driver.rs", "connects"),
    ("arvel-migrate/src/dialect/sqlite/inspect.rs", "reads the catalog"),
    ("arvel-migrate/src/dialect/sqlite/objects/inspect.rs", "reads the catalog"),
    ("arvel-migrate/src/dialect/sqlite/wipe.rs", "reads what is there to drop"),
    ("arvel-migrate/src/exec/", "runs plans"),
    ("arvel-migrate/src/history/store.rs", "reads and writes the history"),
    ("arvel-migrate/src/hooks.rs", "the type of a hook's future"),
    ("arvel-migrate/src/lock/", "waits for the lock and keeps it"),
    ("arvel-migrate/src/migrator/", "the facade's verbs"),
    ("arvel-migrate/src/operation/batch.rs", "the type of a part's future"),
    ("arvel-migrate/src/operation/step.rs", "the type of a data step's future"),
    ("arvel-migrate/src/seed/run.rs", "runs seeders"),
    ("arvel-migrate/src/testing/", "makes and drops databases"),
    ("arvel-migrate/src/web/", "start-up and readiness of a server"),
    ("arvel-cli/src/", "a command waits for the engine"),
    ("example-app/src/", "an application"),
    ("tests/src/bin/", "the applications of the tests"),
];

/// Where files are touched.
const FILES: &[Room] = &[
    ("arvel-core/src/config/", "reads arvel.toml and .env"),
    ("arvel-core/src/root.rs", "looks for arvel.toml upwards"),
    ("arvel-macros/src/lib.rs", "the text of the file that is compiled"),
    ("arvel-migrate/src/dialect/sqlite/driver.rs", "a database is a file"),
    ("arvel-migrate/src/lock/session.rs", "a lock is a file where a database is one"),
    ("arvel-migrate/src/migration/catalog/folder.rs", "reads a folder of SQL files"),
    ("arvel-migrate/src/project/disk.rs", "reads and writes migrations and mod.rs"),
    ("arvel-migrate/src/project/guard_build.rs", "the text of that build script"),
    ("arvel-migrate/src/project/init.rs", "writes the first files of a project"),
    ("arvel-migrate/src/project/look.rs", "looks into a folder and into nested ones"),
    ("arvel-migrate/src/project/new_folder.rs", "writes files that are not there yet"),
    ("arvel-migrate/src/project/path.rs", "where a folder's links lead"),
    ("arvel-migrate/src/settings/folders.rs", "whether two paths are one folder, and one is there"),
    ("arvel-migrate/src/testing/", "makes and drops databases"),
    ("arvel-cli/src/", "reads and writes a project"),
    ("example-app/", "an application, and its build script"),
];

/// Where text goes to the terminal.
const PRINTING: &[Room] = &[
    ("arvel-core/src/error.rs", "the last word of a program without a renderer"),
    ("arvel-core/src/telemetry.rs", "the log goes to stderr"),
    ("arvel-cli/src/editor.rs", "an editor gets a stream of ours, where stdout is a document's"),
    ("arvel-cli/src/output/", "the renderer"),
    ("arvel-migrate/src/project/guard_build.rs", "a build script talks to cargo by printing"),
    ("arvel-migrate/src/testing/client.rs", "a test without its client says so, past the harness"),
    ("arvel-migrate/src/testing/database.rs", "a test that is skipped says so, past the harness"),
    ("example-app/build.rs", "a build script talks to cargo by printing"),
];

/// Files over the limit.
const LONG: &[Room] = &[];

const LIMIT: usize = 500;

fn is_in(path: &str, room: &str) -> bool {
    path == room || (room.ends_with('/') && path.starts_with(room))
}

/// Every finding outside the rooms, and every room without a finding.
fn hold(members: &[Member], rooms: &[Room], finds: impl Fn(&File) -> Vec<String>) {
    let mut wrong = Vec::new();
    let mut used = vec![false; rooms.len()];
    for file in members.iter().flat_map(|member| &member.files) {
        let found = finds(file);
        if found.is_empty() {
            continue;
        }
        match rooms.iter().position(|(room, _)| is_in(&file.path, room)) {
            Some(at) => used[at] = true,
            None => wrong.extend(found),
        }
    }
    for ((room, reason), used) in rooms.iter().zip(used) {
        if !used && !EXPECTED.contains(room) {
            wrong.push(format!("the exception `{room}` ({reason}) excuses nothing: remove it"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Rooms that may still be empty.
const EXPECTED: &[&str] = &["arvel-cli/src/", "arvel-cli/src/output/"];

fn places(file: &File, words: &[&str]) -> Vec<String> {
    let found = identifiers(&file.code).into_iter().filter(|(_, word)| words.contains(word));
    found.map(|(at, word)| format!("{}: {word}", file.place(at))).collect()
}

#[test]
fn only_the_rooms_for_it_wait() {
    hold(&members(), WAITING, |file| places(file, &["async", "await", "tokio", "Future"]));
}

#[test]
fn only_the_rooms_for_it_touch_files() {
    hold(&members(), FILES, |file| {
        let words = ["fs", "OpenOptions", "tempfile", "NamedTempFile", "is_dir", "canonicalize"];
        places(file, &words)
    });
}

#[test]
fn only_the_terminals_room_prints() {
    hold(&members(), PRINTING, |file| {
        let found = places(file, &["print", "println", "eprint", "eprintln", "dbg", "stdout", "stderr"]);
        // A field or method of that name is not printing: the word must be a macro, or a path into `io`.
        let lines: Vec<&str> = file.code.lines().collect();
        let is_printing = |place: &String| {
            let number: usize = place.rsplit(':').nth(1).and_then(|n| n.trim().parse().ok()).unwrap_or(1);
            let line = lines.get(number - 1).copied().unwrap_or_default();
            ["print!", "println!", "eprint!", "eprintln!", "dbg!", "io::stdout", "io::stderr"]
                .iter()
                .any(|mark| line.contains(mark))
        };
        found.into_iter().filter(is_printing).collect()
    });
}

#[test]
fn files_are_short() {
    hold(&members(), LONG, |file| match file.lines > LIMIT {
        true => vec![format!("{}: {} lines; split it, or name it with a reason", file.path, file.lines)],
        false => Vec::new(),
    });
}
