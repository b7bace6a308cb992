//! One step's error on its way to a report: where it happened and what it left.

use crate::{
    dialect::{CompileError, DriverError, ErrorKind, Statement},
    exec::{AfterFailure, FailedHook, Leftover},
};

use super::prepare::PrepareError;

/// How a step can fail, before the run adds the names.
#[derive(Debug)]
pub(super) enum StepError {
    /// A statement, or code, was refused.
    Refused(Box<Refusal>),
    /// It can not be compiled; nothing has run.
    Compile(CompileError),
    /// The database broke off outside a statement of the user's.
    Database(&'static str, DriverError),
    /// The fence refused.
    LostLock,
    /// The journal holds other statements: the first that differs, and how it reads now.
    EditedHalfway(usize, String),
    /// The journal holds a statement of unknown outcome.
    NeedsPerson(usize, String),
    /// Rows without their parent.
    ForeignKeys {
        /// The child table.
        child: String,
        /// The parent table.
        parent: String,
    },
    /// A column that must have a value would come back to rows without one.
    LostValues {
        /// The table.
        table: String,
        /// The column.
        column: String,
    },
    /// Stopped on request: rolled back, or behind this many journaled statements.
    Interrupted {
        /// How many statements are in effect.
        done: usize,
    },
}

/// A statement, or code, that was refused.
#[derive(Debug)]
pub(super) struct Refusal {
    /// The statement.
    pub(super) statement: Option<Statement>,
    /// The name of the code.
    pub(super) code: Option<String>,
    /// The program's hook.
    pub(super) hook: Option<FailedHook>,
    /// What the database said.
    pub(super) error: DriverError,
    /// What it left.
    pub(super) after: AfterFailure,
    /// What it left unfinished.
    pub(super) leftover: Option<Leftover>,
}

impl Refusal {
    /// Whether no code had a part in it.
    fn is_the_databases(&self) -> bool {
        self.code.is_none() && self.hook.is_none()
    }
}

impl From<Refusal> for StepError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl StepError {
    /// Whether the same step may succeed when it is tried again at once.
    pub(super) fn is_retryable(&self) -> bool {
        matches!(self, StepError::Refused(refusal) if refusal.is_the_databases() && refusal.error.kind == ErrorKind::Retryable)
    }

    pub(super) fn reason(&self) -> String {
        match self {
            StepError::Refused(refusal) => refusal.error.to_string(),
            StepError::Database(_, error) => error.to_string(),
            _ => String::new(),
        }
    }
}

impl From<PrepareError> for StepError {
    fn from(error: PrepareError) -> Self {
        match error {
            PrepareError::Driver(error) => StepError::Database("reading the tables", error),
            PrepareError::Compile(error) => StepError::Compile(error),
        }
    }
}
