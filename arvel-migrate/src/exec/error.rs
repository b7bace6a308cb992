//! How a run can end otherwise than well.

use std::{borrow::Cow, path::PathBuf};

use super::{FailedHook, Failure, RunReport};
use crate::{
    dialect::{CompileError, DriverError, ErrorKind},
    lock::LockError,
    migration::RevisionId,
    plan::{Direction, PlanError},
    url::DatabaseUrl,
};

/// A run that did not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RunError {
    /// The database can not be used.
    #[error("{doing}: {error}")]
    Database {
        /// What was being done.
        doing: Cow<'static, str>,
        /// What the database said.
        error: DriverError,
    },
    /// There is no way to do it.
    #[error(transparent)]
    Plan(#[from] PlanError),
    /// Somebody else is at work.
    #[error(transparent)]
    Lock(#[from] LockError),
    /// The dialect can not say what the migration asks for; nothing of it has run.
    #[error("{revision}: {error}")]
    Compile {
        /// The revision.
        revision: RevisionId,
        /// Its file.
        path: Option<PathBuf>,
        /// Why not.
        error: CompileError,
    },
    /// A step failed.
    #[error("{} failed{}: {}", .0.revision, in_hook(.0), .0.error)]
    Failed(Box<Failure>),
    /// The lock was lost while at work; the step under way was not committed.
    #[error(
        "the lock was lost while `{revision}` ran: another migrator took over; nothing of this step was committed"
    )]
    LostLock {
        /// The revision.
        revision: RevisionId,
    },
    /// A half-applied migration was edited where it had already run.
    #[error(
        "`{revision}` is half {} and was edited since: statement {number}, now `{}`, is not the one that ran; this time \
         nothing has run", half(*.direction), one_line(.statement)
    )]
    EditedHalfway {
        /// The revision.
        revision: RevisionId,
        /// Which way it was going.
        direction: Direction,
        /// Its file.
        path: Option<PathBuf>,
        /// The first statement that differs, from 1.
        number: usize,
        /// How that reads now.
        statement: String,
    },
    /// A statement's outcome can not be found out.
    #[error(
        "{revision}: an earlier run was cut off in statement {number}, and the catalog can not tell whether it ran: {statement}"
    )]
    NeedsPerson {
        /// The revision.
        revision: RevisionId,
        /// The statement, from 1.
        number: usize,
        /// Its text.
        statement: String,
    },
    /// A rebuild would leave child rows without their parent.
    #[error("{revision}: rows of `{child}` reference missing rows of `{parent}`; the step was rolled back")]
    ForeignKeyCheck {
        /// The revision.
        revision: RevisionId,
        /// The child table.
        child: String,
        /// The parent table.
        parent: String,
    },
    /// A dropped column that must have a value would come back to rows that have none.
    #[error(
        "`{revision}` can not be undone: column `{column}` of `{table}` was NOT NULL without a default, its values went \
         when it was dropped, and the table has rows; nothing has run"
    )]
    LostValues {
        /// The revision.
        revision: RevisionId,
        /// Its file.
        path: Option<PathBuf>,
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// A hook around a run, or around the rows of a stamp, refused.
    #[error("the hook {hook} refused{}: {error}; {state}", of(revision.as_ref()))]
    Hook {
        /// Which one.
        hook: FailedHook,
        /// The revision of the row, of a stamp.
        revision: Option<RevisionId>,
        /// What it answered with.
        error: DriverError,
        /// What is in the database, in words.
        state: String,
    },
    /// A schema that a migration made holds what no migration made.
    #[error("a schema that a migration made holds what no migration made: {}; nothing was dropped", quoted(.things))]
    Foreign {
        /// What it holds, in words: `table x.report`.
        things: Vec<String>,
    },
    /// Stopped on request.
    #[error("interrupted: {} of {planned} steps are done, {}; the lock is released", .report.steps.len(), rest(.halfway))]
    Interrupted {
        /// What was done.
        report: Box<RunReport>,
        /// How many steps were planned.
        planned: usize,
        /// The migration that is half applied, and how many of its statements are in effect: only where each commits by
        /// itself.
        halfway: Option<(RevisionId, usize)>,
    },
}

fn in_hook(failure: &Failure) -> String {
    failure.hook.as_ref().map(|hook| format!(" in the hook {hook}")).unwrap_or_default()
}

fn of(revision: Option<&RevisionId>) -> String {
    revision.map(|revision| format!(" `{revision}`")).unwrap_or_default()
}

fn quoted(things: &[String]) -> String {
    const MOST: usize = 10;
    let mut shown: Vec<String> = things.iter().take(MOST).map(|thing| format!("`{thing}`")).collect();
    if things.len() > MOST {
        shown.push(format!("and {} more", things.len() - MOST));
    }
    shown.join(", ")
}

fn half(direction: Direction) -> &'static str {
    match direction {
        Direction::Up => "applied",
        Direction::Down => "undone",
    }
}

/// A statement on one line, cut where it gets long.
fn one_line(statement: &str) -> String {
    const LONGEST: usize = 100;
    let line = statement.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}…", &line[..end]),
        None => line,
    }
}

fn rest(halfway: &Option<(RevisionId, usize)>) -> String {
    match halfway {
        None => "the others are as they were".to_owned(),
        Some((revision, 1)) => {
            format!("`{revision}` stopped behind its first statement and goes on from there")
        }
        Some((revision, done)) => {
            format!("`{revision}` stopped behind {done} statements and goes on from there")
        }
    }
}

impl RunError {
    pub(crate) fn database(doing: impl Into<Cow<'static, str>>) -> impl FnOnce(DriverError) -> Self {
        let doing = doing.into();
        move |error| Self::Database { doing, error }
    }

    /// A connection that was not made: the URL is named, without its secrets.
    pub(crate) fn connecting(url: &DatabaseUrl) -> impl FnOnce(DriverError) -> Self {
        Self::database(format!("connecting to `{url}`"))
    }

    /// A stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            RunError::Database { error, .. } => match error.kind {
                ErrorKind::Unreachable => "database.unreachable",
                ErrorKind::Authentication => "database.authentication",
                ErrorKind::NoDatabase => "database.missing",
                ErrorKind::Configuration => "database.configuration",
                _ => "database.error",
            },
            RunError::Plan(error) => error.code(),
            RunError::Lock(LockError::Busy { .. } | LockError::Draining { .. }) => "lock.busy",
            RunError::Lock(_) => "lock.failed",
            RunError::Compile { error: CompileError::Split(_), .. } => "migration.sql",
            RunError::Compile { .. } => "migration.unsupported",
            RunError::Failed(_) => "migration.failed",
            RunError::LostLock { .. } => "lock.lost",
            RunError::EditedHalfway { .. } => "history.edited_halfway",
            RunError::NeedsPerson { .. } => "history.unknown_outcome",
            RunError::ForeignKeyCheck { .. } => "migration.foreign_keys",
            RunError::LostValues { .. } => "migration.lost_values",
            RunError::Hook { .. } => "hook.refused",
            RunError::Foreign { .. } => "wipe.foreign",
            RunError::Interrupted { .. } => "interrupted",
        }
    }

    /// The exit code, as documented.
    pub fn exit(&self) -> arvel_core::Exit {
        use arvel_core::Exit;
        match self {
            RunError::Database { error, .. } if error.kind == ErrorKind::Configuration => Exit::CONFIGURATION,
            RunError::Plan(error) => error.exit(),
            RunError::Lock(LockError::Busy { .. } | LockError::Draining { .. }) => Exit::LOCK_BUSY,
            RunError::EditedHalfway { .. } => Exit::HISTORY,
            RunError::NeedsPerson { .. } => Exit::NEEDS_PERSON,
            RunError::Foreign { .. } => Exit::REFUSED,
            RunError::Interrupted { .. } => Exit::INTERRUPTED,
            _ => Exit::FAILED,
        }
    }

    /// What to do, ready to be pasted.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        Some(match self {
            RunError::Database { error, .. } => match error.kind {
                ErrorKind::Unreachable => "is the server running, and are host and port right?".to_owned(),
                ErrorKind::Authentication => {
                    "check user and password in `databases.default.url` or `DATABASE_URL`".to_owned()
                }
                ErrorKind::NoDatabase => "create it with `db create`, or run `db migrate --yes`".to_owned(),
                _ => return None,
            },
            RunError::Plan(error) => error.hint(),
            RunError::Lock(LockError::Busy { .. } | LockError::Draining { .. }) => {
                "wait longer with `--lock-timeout SECONDS`".to_owned()
            }
            RunError::Lock(_) => return None,
            RunError::Compile { error, .. } => return error.hint(),
            RunError::Failed(failure) if failure.hook.is_some() => {
                "do what the hook of the program asks for, or change the hook, then run the command again".to_owned()
            }
            RunError::Hook { .. } => {
                "do what the hook of the program asks for, or change the hook; `db status` shows the state".to_owned()
            }
            RunError::Failed(failure) => match failure.direction {
                // What has run can not be edited any more.
                Direction::Up if failure.is_halfway() => {
                    "mend what stands in the way, or the migration behind what is in effect, then run `db migrate` again"
                        .to_owned()
                }
                Direction::Up => "mend the migration, then run `db migrate` again".to_owned(),
                Direction::Down => "mend what stands in the way, or its `down`, then run the command again".to_owned(),
            },
            RunError::LostLock { .. } => "run `db status`, then the command again".to_owned(),
            RunError::EditedHalfway { revision, direction: Direction::Up, number, .. } => format!(
                "put statement {number} back as it was and run `db migrate`; or finish the migration by hand and run \
                 `db stamp {revision}`"
            ),
            RunError::EditedHalfway { revision, direction: Direction::Down, number, .. } => format!(
                "put statement {number} back as it was and run `db rollback`; or undo the rest by hand and run \
                 `db stamp {revision}-1`"
            ),
            RunError::NeedsPerson { revision, .. } => format!(
                "look at the table; if the statement took effect, `UPDATE arvel_migration_steps SET state = 'done' WHERE \
                 revision = '{revision}' AND state = 'running'`, else DELETE that row; then run the command again"
            ),
            RunError::ForeignKeyCheck { .. } => "mend the rows, then run `db migrate` again".to_owned(),
            RunError::LostValues { path, .. } => {
                let file = path
                    .as_ref()
                    .map_or_else(|| "its file".to_owned(), |path| format!("`{}`", path.display()));
                format!("write a `down` in {file} that says what the rows get, or go on with a new migration")
            }
            RunError::Foreign { .. } => {
                "move it to a schema of its own, or drop it by hand; then run the command again".to_owned()
            }
            RunError::Interrupted { .. } => "run `db migrate` to go on".to_owned(),
        })
    }
}
