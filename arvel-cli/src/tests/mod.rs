//! The commands from end to end, on SQLite in a folder of their own, through the very `App` that users write.

mod files;
mod guard;
mod json;
mod run;
mod several;
mod tree;

use std::{
    ffi::OsString,
    io::{self, Write},
    path::PathBuf,
    sync::{Arc, Mutex},
};

use arvel_core::{App, CommandGroup, Exit, Plugin, Surroundings, Value};
use serde_json::Value as Json;

use crate::{DatabaseCommands, db, output::Streams, prompt::Prompter};

/// What a test sees of a stream.
#[derive(Clone, Default)]
struct Shown(Arc<Mutex<Vec<u8>>>);

impl Shown {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl Write for Shown {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// Somebody who types this to every question.
struct Typist(Option<String>);

impl Prompter for Typist {
    fn answer(&self) -> io::Result<Option<String>> {
        Ok(self.0.clone())
    }
}

/// [`DatabaseCommands`] with streams that a test can read.
struct Commands(Streams);

impl Plugin for Commands {
    fn name(&self) -> &'static str {
        DatabaseCommands.name()
    }

    fn keys(&self) -> &'static [&'static str] {
        DatabaseCommands.keys()
    }

    fn defaults(&self) -> Vec<(&'static str, Value)> {
        DatabaseCommands.defaults()
    }

    fn commands(&self) -> Vec<Box<dyn CommandGroup>> {
        vec![Box::new(db::Group::new(self.0.clone())), Box::new(crate::make::Group::new(self.0.clone()))]
    }
}

/// A project in a folder of its own.
struct Project {
    home: tempfile::TempDir,
    variables: Vec<(String, String)>,
    typed: Option<String>,
    terminal: bool,
}

/// What a command did.
#[derive(Debug)]
struct Ran {
    exit: Exit,
    out: String,
    err: String,
}

impl Ran {
    fn json(&self) -> Json {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {self:?}"))
    }
}

const USERS: &str = "-- migrate:up\nCREATE TABLE users (id integer PRIMARY KEY, name text);\n\
                     -- migrate:down\nDROP TABLE users;\n";
const POSTS: &str = "-- description: posts of users\n-- migrate:up\nCREATE TABLE posts (id integer PRIMARY KEY);\n\
                     CREATE INDEX posts_id ON posts (id);\n-- migrate:down\nDROP TABLE posts;\n";
const BROKEN: &str =
    "-- migrate:up\nCREATE TABLE a (id integer);\nCREATE TABLE b (id integer,\n  id integer);\n";

impl Project {
    fn empty() -> Self {
        let home = tempfile::tempdir().unwrap();
        std::fs::write(home.path().join("arvel.toml"), "").unwrap();
        Self { home, variables: Vec::new(), typed: None, terminal: false }
    }

    fn new() -> Self {
        Self::empty()
            .file("database/migrations/2026_01_01_000000_create_users_table.sql", USERS)
            .file("database/migrations/2026_01_02_000000_create_posts_table.sql", POSTS)
    }

    fn file(self, path: &str, text: &str) -> Self {
        let path = self.at(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self
    }

    fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    fn typing(mut self, text: &str) -> Self {
        self.typed = Some(text.to_owned());
        self.terminal = true;
        self
    }

    fn at(&self, path: &str) -> PathBuf {
        self.home.path().join(path)
    }

    fn surroundings(&self) -> Surroundings {
        let bare = Surroundings::bare(self.home.path());
        self.variables.iter().fold(bare, |all, (name, value)| all.variable(name, value))
    }

    async fn run(&self, line: &str) -> Ran {
        let (out, err) = (Shown::default(), Shown::default());
        let (to_out, to_err) = (out.clone(), err.clone());
        let streams = Streams {
            open: Arc::new(move || (Box::new(to_out.clone()), Box::new(to_err.clone()))),
            out_terminal: false,
            err_terminal: self.terminal,
            in_terminal: self.terminal,
            no_color: true,
            prompter: Arc::new(Typist(self.typed.clone())),
            editor: self.variables.iter().find(|(name, _)| name == "EDITOR").map(|(_, value)| value.clone()),
        };
        let words = ["app"].into_iter().chain(line.split_whitespace()).map(OsString::from);
        let app = App::new("app").plugin(Commands(streams));
        let exit = app.run_in(words, self.surroundings()).await;
        Ran { exit, out: out.text(), err: err.text() }
    }

    /// Runs a command that must end well.
    async fn ok(&self, line: &str) -> Ran {
        let ran = self.run(line).await;
        assert_eq!(ran.exit, Exit::DONE, "{line}: {ran:?}");
        ran
    }

    async fn states(&self) -> Vec<String> {
        let document = self.ok("db status --json").await.json();
        let migrations = document["migrations"].as_array().unwrap();
        migrations
            .iter()
            .map(|m| format!("{} {}", m["slug"].as_str().unwrap(), m["state"].as_str().unwrap()))
            .collect()
    }
}

/// Durations differ from run to run.
fn without_times(text: &str) -> String {
    let words = text.split(' ').collect::<Vec<_>>();
    let ms = |at: usize| words.get(at + 1).is_some_and(|next| next.trim_end() == "ms");
    let words: Vec<&str> =
        words.iter().enumerate().map(|(at, word)| if ms(at) { "N" } else { word }).collect();
    let text = words.join(" ");
    // The dots fill up what a longer duration takes away.
    let mut out = String::new();
    for c in text.chars() {
        if !(c == '.' && out.ends_with("...")) {
            out.push(c);
        }
    }
    out
}
