//! Command groups: what hangs below the application's name beside `serve`.
//!
//! A group brings its own clap command and turns its matches into an exit code. The kernel mounts it, resolves
//! the configuration, and refuses to render anything for it: output is the group's own.

use std::ffi::OsString;

use figment::value::Value;

use crate::{BoxFuture, Exit, Invocation};

/// A command of the application, usually with subcommands: `app db …`, `app make …`.
///
/// ```
/// use arvel_core::{BoxFuture, CommandGroup, Exit, Invocation};
///
/// struct Routes;
///
/// impl CommandGroup for Routes {
///     fn command(&self) -> clap::Command {
///         clap::Command::new("routes").about("List the routes")
///     }
///
///     fn run<'a>(&'a self, _: Invocation, _: &'a clap::ArgMatches) -> BoxFuture<'a, Exit> {
///         Box::pin(async { Exit::DONE })
///     }
/// }
/// ```
pub trait CommandGroup: Send + Sync {
    /// The command that is mounted into the application's. `--env` and `--config` are added to it.
    fn command(&self) -> clap::Command;

    /// Configuration that the group's options override, as (key, value): the strongest layer, whose errors
    /// name the command line as their source. Called before [`run`](Self::run) with the same matches.
    fn overrides(&self, matches: &clap::ArgMatches) -> Vec<(String, Value)> {
        let _ = matches;
        Vec::new()
    }

    /// Tells of a command line that clap refused, if the group has a form of its own for that, and answers with the exit
    /// code: else clap's text is printed. `arguments` stand behind the name of the group.
    fn refused(&self, arguments: &[OsString], error: &clap::Error) -> Option<Exit> {
        let _ = (arguments, error);
        None
    }

    /// Does what the command line says. `matches` are those of [`command`](Self::command).
    fn run<'a>(&'a self, invocation: Invocation, matches: &'a clap::ArgMatches) -> BoxFuture<'a, Exit>;
}
