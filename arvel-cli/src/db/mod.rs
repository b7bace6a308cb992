//! `db …`: the commands that talk to a database. One file per command: its arguments, then resolve, engine, render.

mod applied;
mod branches;
mod clear;
mod create;
mod current;
mod delete;
mod doctor;
mod downgrade;
mod drop;
mod edit;
mod fresh;
mod heads;
mod history;
mod init;
mod inspect;
mod install;
mod merge;
mod migrate;
mod publish;
mod reading;
mod refresh;
mod reset;
mod revision;
mod rollback;
mod script;
mod seed;
mod seeding;
mod selection;
mod session;
mod several;
mod show;
mod stamp;
mod status;
pub mod target;
mod templates;
mod unpublish;
mod wipe;

use std::{ffi::OsString, path::PathBuf, time::Duration};

use arvel_core::{BoxFuture, CommandGroup, Exit, Invocation, Value};
use arvel_migrate::{Given, migration::DEFAULT_DATABASE, settings::Databases};
use clap::{ArgMatches, Args, CommandFactory, FromArgMatches, Parser, Subcommand};

use self::{
    session::Session,
    several::{Chosen, Reach},
};
use crate::{
    error::CommandError,
    output::{Console, OutputOptions, Streams},
    usage,
};

/// The options of the whole group.
#[derive(Args, Clone, Debug, Default)]
#[command(next_help_heading = "Database")]
pub struct DbOptions {
    /// Only the migrations of this folder; repeatable. For `publish` and `unpublish`: the folder written to
    #[arg(long, global = true, value_name = "DIR")]
    pub path: Vec<PathBuf>,
    /// The database of this name in `[databases]`, instead of `default`; repeatable
    #[arg(long, global = true, value_name = "NAME")]
    pub database: Vec<String>,
    /// Every database of `[databases]`, one after the other
    #[arg(long, global = true, conflicts_with = "database")]
    pub all_databases: bool,
    /// With several databases: do not begin the others when one fails
    #[arg(long, global = true)]
    pub fail_fast: bool,
    /// Where the database is, instead of its `url` in `[databases]`
    #[arg(long, global = true, value_name = "URL", hide_env_values = true)]
    pub url: Option<String>,
    /// Answer ordinary questions with yes; never those of the production guard
    #[arg(long, short, global = true)]
    pub yes: bool,
    /// How long to wait for another migrator
    #[arg(long, global = true, value_name = "SECONDS", value_parser = seconds)]
    pub lock_timeout: Option<Duration>,
    /// Do not wait for another migrator
    #[arg(long, global = true, conflicts_with = "lock_timeout")]
    pub no_wait: bool,
    /// Give migrations and hooks a value; repeatable
    #[arg(short = 'x', long = "x-arg", global = true, value_name = "KEY=VALUE", value_parser = argument)]
    pub argument: Vec<String>,
    /// Give migrations and hooks a tag
    #[arg(long, global = true, value_name = "T")]
    pub tag: Option<String>,
}

/// A word of `-x`: whether it is one is for the command line to say.
fn argument(text: &str) -> Result<String, String> {
    match Given::parse([text]) {
        Ok(_) => Ok(text.to_owned()),
        Err(error) => Err(format!("{error}; write `-x tenant=acme`")),
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    let seconds: f64 = text.parse().map_err(|_| "a number of seconds is expected".to_owned())?;
    Duration::try_from_secs_f64(seconds).map_err(|_| "a number of seconds is expected".to_owned())
}

/// The database: apply, undo and look at migrations
#[derive(Parser, Debug)]
#[command(name = "db", after_help = "Example: db migrate --step")]
struct Db {
    #[command(flatten)]
    options: DbOptions,
    #[command(flatten)]
    output: OutputOptions,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand, Debug)]
enum Command {
    Migrate(migrate::Migrate),
    Rollback(rollback::Rollback),
    Downgrade(downgrade::Downgrade),
    Reset(reset::Reset),
    Refresh(refresh::Refresh),
    Fresh(fresh::Fresh),
    Wipe(wipe::Wipe),
    Create(create::Create),
    Drop(drop::Drop),
    Status(status::Status),
    Heads(heads::Heads),
    Branches(branches::Branches),
    Current(current::Current),
    History(history::History),
    Show(show::Show),
    Stamp(stamp::Stamp),
    EnsureVersion(install::Install),
    Clear(clear::Clear),
    Doctor(doctor::Doctor),
    Inspect(inspect::Inspect),
    Revision(revision::Revision),
    Merge(merge::Merge),
    Edit(edit::Edit),
    Delete(delete::Delete),
    ListTemplates(templates::ListTemplates),
    Init(init::InitProject),
    Publish(publish::Publish),
    Unpublish(unpublish::Unpublish),
    Seed(seed::Seed),
}

impl Command {
    fn name(&self) -> &'static str {
        match self {
            Command::Migrate(_) => "migrate",
            Command::Rollback(_) => "rollback",
            Command::Downgrade(_) => "downgrade",
            Command::Reset(_) => "reset",
            Command::Refresh(_) => "refresh",
            Command::Fresh(_) => "fresh",
            Command::Wipe(_) => "wipe",
            Command::Create(_) => "create",
            Command::Drop(_) => "drop",
            Command::Status(_) => "status",
            Command::Heads(_) => "heads",
            Command::Branches(_) => "branches",
            Command::Current(_) => "current",
            Command::History(_) => "history",
            Command::Show(_) => "show",
            Command::Stamp(_) => "stamp",
            Command::EnsureVersion(_) => "ensure-version",
            Command::Clear(_) => "clear",
            Command::Doctor(_) => "doctor",
            Command::Inspect(_) => "inspect",
            Command::Revision(_) => "revision",
            Command::Merge(_) => "merge",
            Command::Edit(_) => "edit",
            Command::Delete(_) => "delete",
            Command::ListTemplates(_) => "list-templates",
            Command::Init(_) => "init",
            Command::Publish(_) => "publish",
            Command::Unpublish(_) => "unpublish",
            Command::Seed(_) => "seed",
        }
    }

    /// What it may be about.
    fn reach(&self) -> Reach {
        const FOLDER: &str = "writes into one folder";
        match self {
            Command::Revision(_)
            | Command::Merge(_)
            | Command::Delete(_)
            | Command::Publish(_)
            | Command::Unpublish(_) => Reach::One(FOLDER),
            Command::Edit(_) => Reach::One("opens the files of one database"),
            Command::Seed(seed) if seed.names_one() => {
                Reach::One("runs one seeder with `--class`, which is for one database")
            }
            Command::Migrate(migrate::Migrate { seeding, .. })
            | Command::Fresh(fresh::Fresh { seeding, .. })
            | Command::Refresh(refresh::Refresh { seeding, .. })
                if seeding.names_one() =>
            {
                Reach::One("runs one seeder with `--seeder`, which is for one database")
            }
            Command::Migrate(migrate) if migrate.is_for_stdout() => Reach::OneScript,
            Command::Downgrade(downgrade) if downgrade.is_for_stdout() => Reach::OneScript,
            Command::Stamp(stamp) if stamp.is_for_stdout() => Reach::OneScript,
            Command::EnsureVersion(install) if install.is_for_stdout() => Reach::OneScript,
            Command::Init(_) | Command::ListTemplates(_) => Reach::Project,
            _ => Reach::Several,
        }
    }

    /// Whether it only looks.
    fn is_question(&self) -> bool {
        use Command::{Branches, Current, Doctor, Heads, History, Inspect, Show, Status};
        matches!(
            self,
            Status(_) | Heads(_) | Branches(_) | Current(_) | History(_) | Show(_) | Inspect(_) | Doctor(_)
        )
    }

    async fn run(&self, session: &Session) -> Result<Exit, CommandError> {
        match self {
            Command::Migrate(command) => command.run(session).await,
            Command::Rollback(command) => command.run(session).await,
            Command::Downgrade(command) => command.run(session).await,
            Command::Reset(command) => command.run(session).await,
            Command::Refresh(command) => command.run(session).await,
            Command::Fresh(command) => command.run(session).await,
            Command::Wipe(command) => command.run(session).await,
            Command::Create(command) => command.run(session).await,
            Command::Drop(command) => command.run(session).await,
            Command::Status(command) => command.run(session).await,
            Command::Heads(command) => command.run(session).await,
            Command::Branches(command) => command.run(session).await,
            Command::Current(command) => command.run(session).await,
            Command::History(command) => command.run(session).await,
            Command::Show(command) => command.run(session).await,
            Command::Stamp(command) => command.run(session).await,
            Command::EnsureVersion(command) => command.run(session).await,
            Command::Clear(command) => command.run(session).await,
            Command::Doctor(command) => command.run(session).await,
            Command::Inspect(command) => command.run(session).await,
            Command::Revision(command) => command.run(session),
            Command::Merge(command) => command.run(session),
            Command::Edit(command) => command.run(session).await,
            Command::Delete(command) => command.run(session).await,
            Command::ListTemplates(command) => command.run(session),
            Command::Init(command) => command.run(session),
            Command::Publish(command) => command.run(session).await,
            Command::Unpublish(command) => command.run(session).await,
            Command::Seed(command) => command.run(session).await,
        }
    }
}

pub use self::delete::Delete;

/// The group.
pub struct Group {
    streams: Streams,
}

impl Group {
    /// The group, writing to these streams.
    pub fn new(streams: Streams) -> Self {
        Self { streams }
    }
}

impl CommandGroup for Group {
    fn command(&self) -> clap::Command {
        Db::command()
    }

    fn overrides(&self, matches: &ArgMatches) -> Vec<(String, Value)> {
        let Some(url) = matches.get_one::<String>("url") else { return Vec::new() };
        let mut names = matches.get_many::<String>("database").into_iter().flatten();
        let name = names.next().map_or(DEFAULT_DATABASE, String::as_str);
        if names.any(|other| other != name) || matches.get_flag("all_databases") {
            // Refused with the other options.
            return Vec::new();
        }
        // Who names a database on the command line means it for the migrations too.
        let keys = ["url", "migrate_url"].map(|key| format!("databases.{name}.{key}"));
        keys.map(|key| (key, Value::from(url.as_str()))).into()
    }

    fn refused(&self, arguments: &[OsString], error: &clap::Error) -> Option<Exit> {
        usage::told(&self.command(), arguments, error, &self.streams)
    }

    fn run<'a>(&'a self, invocation: Invocation, matches: &'a ArgMatches) -> BoxFuture<'a, Exit> {
        Box::pin(async move {
            let db = match Db::from_arg_matches(matches) {
                Ok(db) => db,
                Err(error) => {
                    let _ = error.print();
                    return Exit::USAGE;
                }
            };
            let console = Console::new(&self.streams, &db.output);
            let root = invocation.root().to_path_buf();
            let name = db.command.name();
            let read = invocation.context().and_then(|context| {
                let databases = Databases::from_context(&context)?;
                Ok((context, databases))
            });
            let (context, databases) = match read {
                Ok(read) => read,
                Err(error) => {
                    let error = CommandError::from(error).relative_to(&root);
                    return match db.command {
                        Command::Doctor(_) => doctor::without_configuration(&console, &error),
                        _ => console.error(name, &error),
                    };
                }
            };
            match Chosen::new(&databases, &db.options, name, db.command.reach()) {
                Ok(chosen) => {
                    let done = several::run(&db.command, context, databases, chosen, db.options, &console);
                    console.finish(done.await)
                }
                Err(error) => console.error(name, &error),
            }
        })
    }
}
