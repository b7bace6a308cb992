//! The command line: what is mounted where, and which exit code comes back.
#![expect(clippy::unwrap_used, reason = "helpers of tests fail like tests")]

use std::{
    ffi::OsString,
    sync::{Arc, Mutex},
};

use arvel_core::{
    App, BoxFuture, CommandGroup, ConfigError, Environment, Exit, Invocation, Plugin, Surroundings, Value,
};
use clap::{Arg, ArgMatches, Command};

type Seen = Arc<Mutex<Option<Result<(Environment, String, String), ConfigError>>>>;

/// `app db status`, with a `--url` of its own; remembers what it was started with.
#[derive(Clone, Default)]
struct Database {
    seen: Seen,
}

impl CommandGroup for Database {
    fn command(&self) -> Command {
        Command::new("db")
            .subcommand_required(true)
            .arg(Arg::new("url").long("url").global(true))
            .subcommand(Command::new("status"))
    }

    fn overrides(&self, matches: &ArgMatches) -> Vec<(String, Value)> {
        let url = matches.get_one::<String>("url");
        url.map(|url| ("databases.default.url".to_owned(), url.as_str().into())).into_iter().collect()
    }

    fn run<'a>(&'a self, invocation: Invocation, matches: &'a ArgMatches) -> BoxFuture<'a, Exit> {
        assert_eq!(matches.subcommand_name(), Some("status"));
        Box::pin(async move {
            let seen = invocation.context().and_then(|context| {
                let url = context.config().get("databases.default.url")?;
                Ok((context.environment(), url, context.config().source_of("databases.default.url")))
            });
            let exit = seen.as_ref().map_or_else(ConfigError::exit, |_| Exit::DIFFERENCES);
            *self.seen.lock().unwrap() = Some(seen);
            exit
        })
    }
}

impl Plugin for Database {
    fn name(&self) -> &'static str {
        "database"
    }

    fn keys(&self) -> &'static [&'static str] {
        &["databases.*.url"]
    }

    fn commands(&self) -> Vec<Box<dyn CommandGroup>> {
        vec![Box::new(self.clone())]
    }
}

async fn run(arguments: &[&str], surroundings: Surroundings) -> (Exit, Seen) {
    let database = Database::default();
    let seen = Arc::clone(&database.seen);
    let arguments: Vec<OsString> = ["app"].iter().chain(arguments).map(OsString::from).collect();
    (App::new("app").version("1.2.3").plugin(database).run_in(arguments, surroundings).await, seen)
}

fn surroundings() -> (tempfile::TempDir, Surroundings) {
    let folder = tempfile::tempdir().unwrap();
    let surroundings = Surroundings::bare(folder.path()).variable("DATABASE_URL", "of-variable");
    (folder, surroundings)
}

#[test]
fn the_tree_is_sound() {
    App::new("app").version("1.2.3").plugin(Database::default()).clap_command().debug_assert();
}

#[tokio::test]
async fn global_options_stand_before_or_after_the_command() {
    let (folder, surroundings) = surroundings();
    std::fs::write(
        folder.path().join("other.toml"),
        "[profile.staging.databases.default]\nurl = 'of-file'\n",
    )
    .unwrap();
    let (option, variable) = ("command line", "environment variable `DATABASE_URL`");
    let table: [(&[&str], Environment, &str, &str); 5] = [
        (&["db", "status"], Environment::Development, "of-variable", variable),
        (&["--env", "staging", "db", "status"], Environment::Staging, "of-variable", variable),
        (&["db", "status", "--env", "staging"], Environment::Staging, "of-variable", variable),
        (&["db", "--url", "u", "status"], Environment::Development, "u", option),
        (&["db", "status", "--url", "u", "--config", "other.toml"], Environment::Development, "u", option),
    ];
    for (arguments, environment, url, source) in table {
        let (exit, seen) = run(arguments, surroundings.clone()).await;
        assert_eq!(exit, Exit::DIFFERENCES, "{arguments:?}");
        let expected = (environment, url.to_owned(), source.to_owned());
        assert_eq!(seen.lock().unwrap().take(), Some(Ok(expected)), "{arguments:?}");
    }
}

#[tokio::test]
async fn usage_is_two_and_help_is_zero() {
    let (_folder, surroundings) = surroundings();
    let table: [(&[&str], Exit); 7] = [
        (&["--help"], Exit::DONE),
        (&["serve", "--help"], Exit::DONE),
        (&["--version"], Exit::DONE),
        (&["nonsense"], Exit::USAGE),
        (&["db"], Exit::USAGE),
        (&["serve", "--port", "seventy"], Exit::USAGE),
        (&["db", "status", "--port", "1"], Exit::USAGE),
    ];
    for (arguments, exit) in table {
        assert_eq!(run(arguments, surroundings.clone()).await.0, exit, "{arguments:?}");
    }
}

#[tokio::test]
async fn a_broken_configuration_reaches_the_group_as_a_value_and_ends_serve_with_three() {
    let (folder, surroundings) = surroundings();
    std::fs::write(folder.path().join("arvel.toml"), "[sevrer]\nport = 1\n").unwrap();
    let (exit, seen) = run(&["db", "status"], surroundings.clone()).await;
    assert_eq!(exit, Exit::CONFIGURATION);
    let error = seen.lock().unwrap().take().unwrap().unwrap_err();
    assert_eq!(error.to_string(), "unknown key `sevrer.port` (`arvel.toml` line 2)");

    for arguments in [&["serve"][..], &[]] {
        assert_eq!(run(arguments, surroundings.clone()).await.0, Exit::CONFIGURATION);
    }
    let (_folder, surroundings) = self::surroundings();
    for wrong in [("ARVEL_LOG", "inof"), ("ARVEL_ENV", "prod"), ("ARVEL_SERVER__PORT", "many")] {
        let surroundings = surroundings.clone().variable(wrong.0, wrong.1);
        assert_eq!(run(&["serve"], surroundings).await.0, Exit::CONFIGURATION, "{wrong:?}");
    }
}

#[test]
fn an_application_knows_its_context_without_being_run() {
    let (folder, surroundings) = surroundings();
    let app = App::new("app").plugin(Database::default());
    let context = app.context_in(&surroundings.variable("APP_ENV", "testing")).unwrap();
    assert_eq!((context.root(), context.environment()), (folder.path(), Environment::Testing));
    assert_eq!(context.config().get::<u16>("server.port"), Ok(3000));
}
