//! Opens files in the editor that a person has chosen: `$VISUAL`, else `$EDITOR`, as a shell reads them (`code --wait`).
//!
//! Whatever the editor does, the files stay; an error says where they are.

use std::{
    path::PathBuf,
    process::{Command, Stdio},
};

use arvel_core::Exit;

use crate::{error::CommandError, output::Console};

/// The code of all errors of this file.
const CODE: &str = "project.editor";

/// Opens files and waits. `shown` are their names for people.
pub fn open(console: &Console, files: &[PathBuf], shown: &[PathBuf]) -> Result<(), CommandError> {
    let names: Vec<String> = shown.iter().map(|path| format!("`{}`", path.display())).collect();
    let names = names.join(", ");
    let Some(editor) = console.editor() else {
        let message = format!("no editor is set to open {names}");
        return Err(CommandError::new(Exit::FAILED, CODE, message)
            .hint(format!("set `VISUAL` or `EDITOR`, such as `EDITOR=vi`; or open {names} by hand")));
    };
    let mut command = words(editor);
    command.args(files);
    if console.is_json() {
        // stdout is the document's.
        command.stdout(Stdio::from(std::io::stderr()));
    }
    let problem = match command.status() {
        Ok(status) if status.success() => return Ok(()),
        Ok(status) => format!("`{editor}` ended with {status}"),
        Err(error) => format!("can not run `{editor}`: {error}"),
    };
    Err(CommandError::new(Exit::FAILED, CODE, problem).hint(format!(
        "{names} {} there; mend `VISUAL` or `EDITOR`",
        if files.len() == 1 { "is" } else { "are" }
    )))
}

/// The editor's own words are split as the shell does it; the files are arguments, whatever characters they have.
#[cfg(unix)]
fn words(editor: &str) -> Command {
    let mut command = Command::new("sh");
    command.args(["-c", &format!("{editor} \"$@\""), editor]);
    command
}

#[cfg(not(unix))]
fn words(editor: &str) -> Command {
    let mut words = editor.split_whitespace();
    let mut command = Command::new(words.next().unwrap_or(editor));
    command.args(words);
    command
}
