//! Errors that end a program, and how they reach a person.
//!
//! Libraries return errors; only a program that can not go on says so, and it does it here: a fragment and a
//! hint on stderr. This module refuses to know what went wrong: that is each error's own business.

use std::{fmt, io::Write};

use crate::{ConfigError, Exit};

/// Any error, boxed: what an application's own code may return.
pub type BoxError = Box<dyn std::error::Error + Send + Sync>;

/// Why a program does not come up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StartError {
    /// How the process ends.
    pub exit: Exit,
    /// What is shown, as it is: possibly several lines, already free of secrets.
    pub message: String,
}

impl StartError {
    /// An error that ends the process with `exit`.
    pub fn new(exit: Exit, message: impl Into<String>) -> Self {
        Self { exit, message: message.into() }
    }
}

impl fmt::Display for StartError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for StartError {}

impl From<ConfigError> for StartError {
    fn from(error: ConfigError) -> Self {
        Self::new(error.exit(), card(&error, &error.hint()))
    }
}

/// Says on stderr why the configuration can not be used; for command groups without an output of their own.
///
/// ```
/// # use arvel_core::{report, BoxFuture, CommandGroup, Exit, Invocation};
/// # struct Greet;
/// # impl CommandGroup for Greet {
/// #     fn command(&self) -> clap::Command { clap::Command::new("greet") }
/// fn run<'a>(&'a self, invocation: Invocation, _: &'a clap::ArgMatches) -> BoxFuture<'a, Exit> {
///     Box::pin(async move {
///         match invocation.context() {
///             Ok(_context) => Exit::DONE,
///             Err(error) => report(&error),
///         }
///     })
/// }
/// # }
/// ```
pub fn report(error: &ConfigError) -> Exit {
    say(&card(error, &error.hint()));
    error.exit()
}

/// A message and its recipe, as a person reads them.
pub(crate) fn card(message: &dyn fmt::Display, hint: &str) -> String {
    format!("error: {message}\n  hint: {hint}")
}

/// An error with everything that caused it, on one line.
pub(crate) fn chain(error: &(dyn std::error::Error + 'static)) -> String {
    let mut text = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        let line = error.to_string();
        // Many errors repeat their cause in their own message.
        if !text.contains(&line) {
            text.push_str(": ");
            text.push_str(&line);
        }
        cause = error.source();
    }
    text
}

/// One message on stderr. A closed stderr is nobody's failure.
pub(crate) fn say(message: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{message}");
}
