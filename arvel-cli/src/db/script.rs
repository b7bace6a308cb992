//! `--sql`: the script of a command instead of the command.

use std::{
    fs,
    io::{self, Write as _},
    path::{Path, PathBuf},
};

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
    /// With --sql: write the script to `DIR/NAME.sql`, by the name of its database, instead of stdout
    #[arg(long, value_name = "DIR", requires = "sql")]
    output: Option<PathBuf>,
}

impl Sql {
    /// Whether a script is wanted.
    pub fn is_asked(&self) -> bool {
        self.sql
    }

    /// Whether scripts go to stdout, where only one can be run.
    pub fn is_for_stdout(&self) -> bool {
        self.sql && self.output.is_none()
    }

    /// Writes the script to stdout, or to its file.
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
        let path = self.output.as_ref().map(|folder| folder.join(format!("{}.sql", session.settings.name)));
        match &path {
            Some(path) => {
                create(path, &script.text)?;
                console.result(format_args!("wrote `{}`; run it with `{}`", path.display(), script.run_with));
            }
            None => console.result(script.text.trim_end()),
        }
        for note in &script.notes {
            console.note(format_args!("note: {note}"));
        }
        console.document(&Document::new(command, ScriptBody::of(&script, path)));
        Ok(Exit::DONE)
    }
}

/// Writes a new file. One that is there may be a script that somebody has read and approved.
fn create(path: &Path, text: &str) -> Result<(), CommandError> {
    let folder = path.parent().map_or(Ok(()), fs::create_dir_all);
    let created = folder.and_then(|()| fs::File::create_new(path)).and_then(|mut file| {
        let end = if text.ends_with('\n') { "" } else { "\n" };
        file.write_all(text.as_bytes()).and_then(|()| file.write_all(end.as_bytes()))
    });
    created.map_err(|error| match error.kind() {
        io::ErrorKind::AlreadyExists => {
            let message = format!("`{}` is there already; it was not written over", path.display());
            CommandError::new(Exit::REFUSED, "project.script_exists", message)
                .hint("remove it, or name another folder with `--output`")
        }
        _ => {
            let message = format!("can not write `{}`: {error}", path.display());
            CommandError::new(Exit::FAILED, "project.write", message)
                .hint("name a folder that you may write to with `--output`")
        }
    })
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
