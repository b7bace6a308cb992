//! A command line that no command takes, for programs: with `--json` the answer is a document then, too.

use std::ffi::OsString;

use arvel_core::Exit;
use clap::error::ErrorKind;

use crate::{
    error::CommandError,
    output::{Console, OutputOptions, Streams},
};

/// Tells what clap refused as a document, if `--json` is among the arguments behind the name of the group; else nobody
/// has told it yet.
pub fn told(
    group: &clap::Command,
    arguments: &[OsString],
    error: &clap::Error,
    streams: &Streams,
) -> Option<Exit> {
    let mut options = arguments.iter().take_while(|word| *word != "--");
    options.find(|word| *word == "--json")?;
    let options = OutputOptions { json: true, ..OutputOptions::default() };
    Some(Console::new(streams, &options).error(&command_of(group, arguments), &of_clap(error)))
}

/// The command as its own document names it.
fn command_of(group: &clap::Command, arguments: &[OsString]) -> String {
    let found = arguments.iter().find_map(|word| group.find_subcommand(word));
    match (group.get_name(), found) {
        ("db", Some(command)) => command.get_name().to_owned(),
        (name, Some(command)) => format!("{name} {}", command.get_name()),
        (name, None) => name.to_owned(),
    }
}

/// Clap's text in the parts of an error: its paragraphs are the message, tips, and how the command is called.
fn of_clap(error: &clap::Error) -> CommandError {
    let missing = [ErrorKind::MissingSubcommand, ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand];
    if missing.contains(&error.kind()) {
        return CommandError::usage("a command is missing").hint("`--help` lists the commands");
    }
    let text = error.render().to_string();
    let mut paragraphs = text.split("\n\n").map(one_line);
    let message = paragraphs.next().unwrap_or_default();
    let shown = CommandError::usage(message.strip_prefix("error: ").unwrap_or(&message));
    let rest: Vec<String> = paragraphs.collect();
    let of = |word: &str| rest.iter().find_map(|paragraph| paragraph.strip_prefix(word));
    match of("tip: ")
        .map(|tip| tip.replace(" tip: ", "; "))
        .or(of("Usage: ").map(|usage| format!("`{usage}`")))
    {
        Some(hint) => shown.hint(hint),
        None => shown.hint("`--help` shows what the command takes"),
    }
}

fn one_line(paragraph: &str) -> String {
    paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
}
