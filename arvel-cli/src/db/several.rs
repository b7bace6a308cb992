//! Which databases a command is about, and the command for each of them.
//!
//! One is the ordinary case, with the ordinary answer. Several are worked on one after the other; each has a section, a
//! failure in one is told there and does not hide the others, and one document has all of them.

use std::path::Path;

use arvel_core::{Context, Exit, Shutdown};
use arvel_migrate::{
    migration::DEFAULT_DATABASE,
    settings::{Databases, Settings},
};

use super::{
    Command, DbOptions,
    session::{self, Interrupt, Session},
};
use crate::{
    error::CommandError,
    output::{
        Console,
        json::Document,
        several::{self, Outcome, heading, summary},
    },
};

/// What a command may be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Any number of databases.
    Several,
    /// One database, because of what it does.
    One(&'static str),
    /// One database, because its script goes to stdout.
    OneScript,
    /// No database.
    Project,
}

/// The databases that a command is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Chosen {
    /// One, with the ordinary answer.
    One(String),
    /// Several, with a section for each; also when the configuration has only one.
    Several(Vec<String>),
}

impl Chosen {
    /// By the options.
    pub fn new(
        databases: &Databases,
        options: &DbOptions,
        command: &str,
        reach: Reach,
    ) -> Result<Self, CommandError> {
        let command = ["db", command].join(" ");
        let asked = !options.database.is_empty() || options.all_databases;
        if reach == Reach::Project && asked {
            let message = format!("`{command}` is about the project, and not about a database");
            return Err(CommandError::usage(message).hint("leave `--database` and `--all-databases` out"));
        }
        let mut names: Vec<String> = Vec::new();
        for name in &options.database {
            let known = &databases.get(name)?.name;
            if !names.contains(known) {
                names.push(known.clone());
            }
        }
        match (options.all_databases, names.len()) {
            (false, 0) => return Ok(Chosen::One(DEFAULT_DATABASE.to_owned())),
            (false, 1) => return Ok(Chosen::One(names.remove(0))),
            (true, _) => names = databases.names(),
            (false, _) => {}
        }
        let (what, hint) = match reach {
            Reach::One(what) => (what, "give `--database NAME` once"),
            Reach::OneScript => (
                "writes one script to stdout with `--sql`",
                "add `--output DIR` for a file of each, or give `--database NAME` once",
            ),
            Reach::Several | Reach::Project => ("", ""),
        };
        if !what.is_empty() {
            let message = format!("`{command}` {what}, and several databases are named");
            return Err(CommandError::usage(message).hint(hint));
        }
        if options.url.is_some() {
            return Err(CommandError::usage("`--url` is one database, and several are named")
                .hint("give `--database NAME` once beside it, or set the `url` of each in `arvel.toml`"));
        }
        if !options.path.is_empty() {
            let message = "`--path` selects from the migrations of one database, and several are named";
            return Err(CommandError::usage(message).hint("give `--database NAME` once beside it"));
        }
        Ok(Chosen::Several(names))
    }
}

/// Runs a command for the databases that were chosen.
pub async fn run(
    command: &Command,
    context: Context,
    databases: Databases,
    chosen: Chosen,
    options: DbOptions,
    console: &Console,
) -> Exit {
    let given = match session::given(&options) {
        Ok(given) => given,
        Err(error) => return console.error(command.name(), &error),
    };
    let root = context.root().to_path_buf();
    let interrupt = Interrupt::new(Shutdown::new());
    let begin = |settings: &Settings, console: &Console, one_of_several: bool| Session {
        context: context.clone(),
        options: options.clone(),
        console: console.clone(),
        settings: settings.clone(),
        databases: databases.clone(),
        given: given.clone(),
        one_of_several,
        interrupt: interrupt.clone(),
    };
    match chosen {
        Chosen::One(name) => {
            let settings = match databases.get(&name) {
                Ok(settings) => settings,
                Err(error) => return console.error(command.name(), &error.into()),
            };
            let session = begin(settings, console, false);
            match Box::pin(command.run(&session)).await {
                Ok(exit) => exit,
                Err(error) => console.error(command.name(), &told(error, settings, &root, false)),
            }
        }
        Chosen::Several(names) => {
            let mut outcomes: Vec<Outcome> = Vec::new();
            let mut stopped = false;
            for settings in names.iter().filter_map(|name| databases.get(name).ok()) {
                let name = settings.name.clone();
                if stopped {
                    outcomes.push(Outcome {
                        name,
                        result: None,
                        problem: None,
                        fields: serde_json::Map::new(),
                    });
                    continue;
                }
                heading(console, &name, outcomes.is_empty());
                let part = console.part();
                let session = begin(settings, &part, true);
                let (result, problem) = match Box::pin(command.run(&session)).await {
                    Ok(exit) => (Ok(exit), None),
                    Err(error) => {
                        let error = told(error, settings, &root, true);
                        (Err(part.error(command.name(), &error)), Some(error.message))
                    }
                };
                let interrupted = result == Err(Exit::INTERRUPTED) || interrupt.is_requested();
                stopped = interrupted || (options.fail_fast && result.is_err());
                outcomes.push(Outcome { name, result: Some(result), problem, fields: part.take_part() });
            }
            let exit = exit_of(&outcomes, interrupt.is_requested());
            let failed = outcomes.iter().any(|outcome| !matches!(outcome.result, Some(Ok(_))));
            if failed || !command.is_question() {
                summary(console, &outcomes);
            }
            console.document(&Document::new(command.name(), several::document(outcomes, exit)));
            exit
        }
    }
}

/// An error with the database that it is about, unless there is only the default one.
fn told(error: CommandError, settings: &Settings, root: &Path, one_of_several: bool) -> CommandError {
    let error = error.relative_to(root);
    if one_of_several || !settings.is_default() { error.in_database(&settings.name) } else { error }
}

/// A signal that came too late for one database keeps the others from being begun: that is an interruption too.
fn exit_of(outcomes: &[Outcome], requested: bool) -> Exit {
    let begun: Vec<Result<Exit, Exit>> = outcomes.iter().filter_map(|outcome| outcome.result).collect();
    if requested && begun.len() < outcomes.len() { Exit::INTERRUPTED } else { Exit::of_several(&begun) }
}
