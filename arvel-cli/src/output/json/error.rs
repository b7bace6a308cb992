//! The document of a command that was stopped.

use std::path::{Path, PathBuf};

use arvel_migrate::{
    dialect::SplitError,
    exec::{AfterFailure, Failure},
};
#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;

use super::{RunBody, texts};
use crate::error::CommandError;

/// What stopped a command.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct ErrorBody<'a> {
    /// What happened.
    error: ErrorText<'a>,
    #[serde(flatten)]
    run: Option<RunBody>,
}

/// An error.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Error"))]
struct ErrorText<'a> {
    /// A stable name: see the error codes.
    code: &'a str,
    /// What happened, as a lowercase fragment.
    message: &'a str,
    /// What to do, ready to be pasted.
    hint: Option<&'a str>,
    /// The exit code of the process.
    exit: u8,
    /// The step that failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<FailureBody>,
    /// Where the SQL is that can not be split into statements.
    #[serde(skip_serializing_if = "Option::is_none")]
    sql: Option<SqlBody>,
}

/// SQL that can not be split into statements.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Sql"))]
struct SqlBody {
    /// The file; null when the text is none.
    path: Option<PathBuf>,
    /// The line, from 1.
    line: usize,
    /// The character in the line, from 1.
    column: usize,
    /// Whether the line is one of the file; else of the text in it.
    line_of_file: bool,
    /// Other places that belong to it.
    notes: Vec<NoteBody>,
}

/// Another place that belongs to an error.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Note"))]
struct NoteBody {
    /// The line, from 1.
    line: usize,
    /// What is there.
    text: String,
}

/// A failed step.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Failure"))]
struct FailureBody {
    /// The migration.
    revision: String,
    /// Its way.
    #[cfg_attr(test, schemars(extend("enum" = super::schemas::DIRECTIONS)))]
    direction: &'static str,
    /// Its file.
    path: Option<PathBuf>,
    /// The line of the statement in the file, from 1, where that is known.
    line: Option<usize>,
    /// The name of the piece of Rust code that failed; null when a statement did.
    code: Option<String>,
    /// The program's hook, when it was one that refused.
    #[serde(skip_serializing_if = "Option::is_none")]
    hook: Option<HookBody>,
    /// The statement.
    statement: String,
    /// The database's own code.
    database_code: Option<String>,
    /// The database's own text.
    database_message: String,
    /// Where in the statement, in characters from 1.
    position: Option<usize>,
    /// Whether the schema is as it was before this migration.
    rolled_back: bool,
    /// The statements of this migration that are in effect.
    committed: Vec<String>,
    /// What the failed statement left behind.
    leftover: Option<LeftoverBody>,
    /// The migrations that this run has done before.
    done: Vec<String>,
    /// The migrations that were not begun.
    left: Vec<String>,
}

/// A hook of the program.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Hook"))]
struct HookBody {
    /// Its name, as the program gave it.
    name: String,
    /// When it was called: `before_step` or `after_step`.
    moment: &'static str,
}

/// What a failed statement outside a transaction left.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Leftover"))]
struct LeftoverBody {
    /// What it is.
    what: String,
    /// Whether it was removed at once; else the next run removes it first.
    removed: bool,
}

impl<'a> ErrorBody<'a> {
    pub(super) fn of(error: &'a CommandError) -> Self {
        let text = ErrorText {
            code: &error.code,
            message: &error.message,
            hint: error.hint.as_deref(),
            exit: error.exit.0,
            failure: error.failure.as_deref().map(FailureBody::of),
            sql: error.split.as_deref().map(|split| SqlBody::of(error.file.as_deref(), split)),
        };
        Self { error: text, run: error.report.as_deref().map(RunBody::of) }
    }
}

impl SqlBody {
    fn of(path: Option<&Path>, error: &SplitError) -> Self {
        let notes = error.notes.iter().map(|note| NoteBody { line: note.line, text: note.text.clone() });
        Self {
            path: path.map(Path::to_owned),
            line: error.line,
            column: error.column,
            line_of_file: error.lines_of_file,
            notes: notes.collect(),
        }
    }
}

impl FailureBody {
    fn of(failure: &Failure) -> Self {
        let (rolled_back, committed) = match &failure.after {
            AfterFailure::RolledBack => (true, Vec::new()),
            AfterFailure::Committed { statements } => (false, statements.clone()),
        };
        Self {
            revision: failure.revision.to_string(),
            direction: failure.direction.as_str(),
            path: failure.path.clone(),
            line: failure.line,
            code: failure.code.clone(),
            hook: failure.hook.as_ref().map(|hook| HookBody { name: hook.name.clone(), moment: hook.moment }),
            statement: failure.statement.clone(),
            database_code: failure.error.code.clone(),
            database_message: failure.error.message.clone(),
            position: failure.error.position,
            rolled_back,
            committed,
            leftover: failure
                .leftover
                .as_ref()
                .map(|leftover| LeftoverBody { what: leftover.what.clone(), removed: leftover.removed }),
            done: texts(&failure.done),
            left: texts(&failure.left),
        }
    }
}
