//! What a run tells while it goes on. Libraries never print: the caller renders.

use std::time::Duration;

use super::StepReport;
use crate::{
    lock::Holder,
    migration::RevisionId,
    plan::{Direction, PlanError},
};

/// One thing that happened.
#[derive(Debug)]
#[non_exhaustive]
pub enum Event<'a> {
    /// Another migrator holds the lock; told about once a second.
    LockWaiting {
        /// Who, as far as the lease says.
        holder: Option<&'a Holder>,
        /// How long so far.
        waited: Duration,
    },
    /// Something about the history that does not stop the run: late, or by policy missing or changed.
    Warned {
        /// What it would have been, had it been refused.
        about: &'a PlanError,
    },
    /// The lock is ours and the plan is final.
    Started {
        /// How many steps.
        steps: usize,
    },
    /// A step begins.
    StepStarted {
        /// Its place, from 1.
        number: usize,
        /// How many steps.
        steps: usize,
        /// The revision.
        revision: &'a RevisionId,
        /// Up or down.
        direction: Direction,
    },
    /// A statement is on its way, where they go one by one.
    StatementStarted {
        /// The statement.
        sql: &'a str,
    },
    /// What a try that was cut off has left is in the way, and goes.
    RemnantRemoved {
        /// What it is, in words.
        what: &'a str,
    },
    /// A part of a long work over a table begins.
    BatchStarted {
        /// What is done, in the author's words.
        name: &'a str,
        /// The last key of the part.
        up_to: &'a str,
    },
    /// The database asked to try again.
    Retrying {
        /// The revision.
        revision: &'a RevisionId,
        /// Which try comes next, from 2.
        attempt: u32,
        /// What the database said.
        reason: &'a str,
    },
    /// A statement of an interrupted run was found in the catalog, or found missing, and counted accordingly.
    Resumed {
        /// The revision.
        revision: &'a RevisionId,
        /// How many statements are already done.
        done: usize,
    },
    /// A step ended, well or not.
    StepFinished {
        /// Its place, from 1.
        number: usize,
        /// How many steps.
        steps: usize,
        /// How it went.
        report: &'a StepReport,
    },
}

/// Receives the events of a run.
pub trait Observer: Send + Sync {
    /// One event. It must not block.
    fn event(&self, event: &Event<'_>);
}

/// Hears nothing.
#[derive(Clone, Copy, Debug, Default)]
pub struct Silent;

impl Observer for Silent {
    fn event(&self, _event: &Event<'_>) {}
}
