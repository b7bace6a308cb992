//! What a shell and `man` are told of the program: made of the command tree, so that it has every option and no other.
//!
//! Completion is static: it knows commands and options, not revisions and labels, which only a run of the program could
//! tell.

mod completions;
mod man;

use arvel_core::{BoxFuture, CommandGroup, Exit, Invocation};
use clap::{ArgMatches, Command, CommandFactory, FromArgMatches};

pub use self::{completions::Completions, man::Man};
use crate::{
    error::CommandError,
    output::{Console, OutputOptions, Streams},
};

/// A command that is about the command tree.
pub trait Describes: CommandFactory + FromArgMatches + Send + Sync {
    /// Its name.
    const NAME: &'static str;

    /// Does it. The tree is that of the whole program, not built yet.
    fn run(&self, tree: Command, console: &Console) -> Result<(), CommandError>;
}

/// One of them, mounted.
pub struct Group<C> {
    streams: Streams,
    of: std::marker::PhantomData<fn() -> C>,
}

impl<C: Describes> Group<C> {
    /// The command, writing to these streams.
    pub fn new(streams: Streams) -> Self {
        Self { streams, of: std::marker::PhantomData }
    }
}

impl<C: Describes> CommandGroup for Group<C> {
    fn command(&self) -> Command {
        C::command()
    }

    fn run<'a>(&'a self, invocation: Invocation, matches: &'a ArgMatches) -> BoxFuture<'a, Exit> {
        Box::pin(async move { run::<C>(matches, invocation.commands().clone(), &self.streams) })
    }
}

/// Does what the matches of the command say, for the application and for the global binary.
pub fn run<C: Describes>(matches: &ArgMatches, tree: Command, streams: &Streams) -> Exit {
    let console = Console::new(streams, &OutputOptions::default());
    let done = match C::from_arg_matches(matches) {
        Ok(command) => command.run(without_help(tree), &console),
        Err(error) => Err(CommandError::usage(error.to_string())),
    };
    match done {
        Ok(()) => console.finish(Exit::DONE),
        Err(error) => console.error(C::NAME, &error),
    }
}

/// `help` beside every `--help` would be in each list.
pub fn without_help(tree: Command) -> Command {
    tree.disable_help_subcommand(true).mut_subcommands(without_help)
}
