//! A failed step, with everything that a person needs at three in the morning.

use std::path::PathBuf;

use crate::{dialect::DriverError, migration::RevisionId, plan::Direction};

/// What is in the database after a failed step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AfterFailure {
    /// The whole step was rolled back: the schema is as it was.
    RolledBack,
    /// The database commits each statement by itself: these are in effect.
    Committed {
        /// The statements that are done, in order.
        statements: Vec<String>,
    },
}

/// What a statement outside a transaction left when it failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// What it is, in words: ``invalid index `posts_slug_index` ``.
    pub what: String,
    /// Whether it was removed at once; else the next run does.
    pub removed: bool,
}

/// Which of the program's hooks refused.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FailedHook {
    /// Its name, as the program gave it.
    pub name: String,
    /// When it was called: `before_run`, `before_step`, `after_step` or `after_run`.
    pub moment: &'static str,
}

impl std::fmt::Display for FailedHook {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "`{}` ({})", self.name, self.moment)
    }
}

/// A step that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The revision.
    pub revision: RevisionId,
    /// Up or down.
    pub direction: Direction,
    /// The migration's file.
    pub path: Option<PathBuf>,
    /// The line of a SQL file at which the statement begins.
    pub line: Option<usize>,
    /// The data step, if it was code that failed.
    pub code: Option<String>,
    /// The program's hook, if it was one that refused.
    pub hook: Option<FailedHook>,
    /// The statement; empty for code.
    pub statement: String,
    /// What the database said, or the code.
    pub error: DriverError,
    /// The state of the database.
    pub after: AfterFailure,
    /// What the statement left behind.
    pub leftover: Option<Leftover>,
    /// What this run had applied or undone before.
    pub done: Vec<RevisionId>,
    /// What it did not come to.
    pub left: Vec<RevisionId>,
}

impl Failure {
    /// Whether a part of the step is in effect.
    #[must_use]
    pub fn is_halfway(&self) -> bool {
        matches!(&self.after, AfterFailure::Committed { statements } if !statements.is_empty())
    }
}
