//! The commands of `migrations.after_write`, run on new files: formatters, most of all.
//!
//! They run without a shell, from the project's root. A file that one of them refuses stays: it is written and listed.

use std::{
    io,
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

use arvel_core::Exit;
use arvel_migrate::project::{AfterWrite, spoiled_text};

use super::Work;
use crate::{error::CommandError, output::human::word};

/// The code of all errors of this file.
const CODE: &str = "project.after_write";

/// Runs the commands on files that were written.
pub fn run(work: &Work, commands: &[AfterWrite], files: &[PathBuf]) -> Result<(), CommandError> {
    for file in files {
        let name = file.to_string_lossy();
        for command in commands.iter().filter(|command| command.is_for(&name)) {
            one(work, file, &command.words(&name))?;
        }
    }
    Ok(())
}

/// What a command that ended well did to its file, when nothing usable is left.
fn spoiled(file: &Path) -> Option<String> {
    match std::fs::read(file) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Some("took it away".to_owned()),
        Err(error) => Some(format!("left it unreadable: {error}")),
        Ok(bytes) => match String::from_utf8(bytes) {
            Err(_) => Some("left what is not UTF-8 in it".to_owned()),
            Ok(text) => spoiled_text(&file.to_string_lossy(), &text).map(str::to_owned),
        },
    }
}

fn one(work: &Work, file: &Path, words: &[String]) -> Result<(), CommandError> {
    let shown = work.folders.shown(file);
    let [program, arguments @ ..] = words else { return Ok(()) };
    let ran =
        Command::new(program).args(arguments).current_dir(&work.folders.root).stdin(Stdio::null()).output();
    let command: Vec<String> = words.iter().map(|text| word(text)).collect();
    let command = command.join(" ").replace(&*file.to_string_lossy(), &shown.to_string_lossy());
    let failed = |problem: String, hint: String| {
        let message = format!("wrote `{}`; {problem}", shown.display());
        Err(CommandError::new(Exit::FAILED, CODE, message)
            .hint(format!("{hint}; the file is there and in `mod.rs`, and what follows in `migrations.after_write` did not run")))
    };
    match ran {
        Err(error) if error.kind() == io::ErrorKind::NotFound => failed(
            format!("can not run `{command}`: there is no program `{program}`"),
            format!("install `{program}`, or take it out of `migrations.after_write`"),
        ),
        Err(error) => failed(
            format!("can not run `{command}`: {error}"),
            format!("correct `{program}` in `migrations.after_write`"),
        ),
        Ok(output) => {
            let text =
                [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
            let lines = text.iter().flat_map(|text| text.lines()).map(|line| format!("{program}: {line}"));
            if output.status.success() {
                lines.for_each(|line| work.console.progress(line));
                return spoiled(file).map_or(Ok(()), |problem| Err(CommandError::new(
                    Exit::FAILED,
                    CODE,
                    format!("wrote `{}`, and `{command}` {problem}", shown.display()),
                ).hint(format!(
                    "correct the command in `migrations.after_write`; remove what is left of `{}`, run `make sync`, and then this again",
                    shown.display()
                ))));
            }
            lines.for_each(|line| work.console.note(line));
            failed(
                format!("`{command}` ended with {}", output.status),
                "correct what it complains about".to_owned(),
            )
        }
    }
}
