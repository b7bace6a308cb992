//! `--sql`: the script of a command instead of the command.

use arvel_core::Exit;
use arvel_migrate::{
    ScriptRequest, ScriptVerb,
    graph::{Range, Target},
};
use clap::Args;

use super::{session::Session, target};
use crate::{
    error::CommandError,
    output::json::{Document, ScriptBody},
};

/// The options of a script.
#[derive(Args, Debug)]
pub struct Sql {
    /// Write a script for the database's own client, and connect to nothing
    #[arg(long, conflicts_with = "dry_run")]
    sql: bool,
    /// With --sql: the server that it is for, instead of the oldest that is supported
    #[arg(long, value_name = "V", requires = "sql")]
    server_version: Option<String>,
}

impl Sql {
    /// Whether a script is wanted.
    pub fn is_asked(&self) -> bool {
        self.sql
    }

    /// Writes the script to stdout.
    pub fn write(
        &self,
        session: &Session,
        command: &str,
        from: Option<Target>,
        verb: ScriptVerb,
    ) -> Result<Exit, CommandError> {
        if !session.options.path.is_empty() {
            return Err(CommandError::usage(
                "`--path` selects some migrations, and a script must know all that are applied where it runs",
            )
            .hint("leave one of them out"));
        }
        let migrator = session.migrator_of_existing()?;
        let request = ScriptRequest { from, verb, server_version: self.server_version.clone() };
        let script = migrator.script(&request)?;
        let console = &session.console;
        console.result(script.text.trim_end());
        for note in &script.notes {
            console.note(format_args!("note: {note}"));
        }
        console.document(&Document::new(command, ScriptBody::of(&script)));
        Ok(Exit::DONE)
    }
}

/// `a:b`, or `b` alone. An end that is not written is `None`.
pub fn range(text: Option<&str>) -> Result<(Option<Target>, Option<Target>), CommandError> {
    let Some(text) = text else { return Ok((None, None)) };
    if !text.contains(':') {
        return Ok((None, Some(target::parse(text)?)));
    }
    let range = Range::parse(text)?;
    Ok((range.from, range.to))
}
