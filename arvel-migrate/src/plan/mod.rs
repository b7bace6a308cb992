//! What a command will do, as a value: the steps in order, each with its recorded operations.
//!
//! Pure: a graph and a [`Comparison`](crate::history::Comparison) come in, a [`Plan`] or the reason why there is none
//! comes out. Dry run, SQL script, lint and execution all read the same plan. Nothing is planned in part: a revision
//! that can not be recorded or has no way back stops the whole plan before anything runs.

mod after;
mod downgrade;
mod error;
mod guard;
mod made;
#[cfg(test)]
mod properties;
mod record;
mod rollback;
mod stamp;
mod upgrade;

pub use crate::graph::{DowngradeTarget, StampTarget, UpgradeTarget};
pub use downgrade::downgrade;
pub use error::PlanError;
pub use guard::{Conduct, Policy, Warning, guard, guard_plan};
pub use made::made;
pub use record::recorded;
pub use rollback::{Rollback, rollback};
pub use stamp::{StampPlan, stamp, stamp_all};
pub use upgrade::upgrade;

use std::sync::Arc;

use crate::{
    history::Raise,
    migration::{Migration, RevisionId, TransactionMode},
    operation::Operation,
    undo::WayBack,
};

/// Which way a step goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Applies.
    Up,
    /// Undoes.
    Down,
}

impl Direction {
    /// `up` or `down`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Direction::Up => "up",
            Direction::Down => "down",
        }
    }
}

/// One revision on its way up or down.
#[derive(Clone, Debug)]
pub struct Step {
    /// The migration. Steps that the planners make always have one.
    pub migration: Option<Arc<Migration>>,
    /// Up: the revision of the migration, under which its row will stand. Down: the revision of the row to remove,
    /// which differs when history knows the migration by its origin.
    pub revision: RevisionId,
    /// Up or down.
    pub direction: Direction,
    /// Whether it is applied below something that is applied already.
    pub late: bool,
    /// What was recorded, in the order in which it runs.
    pub operations: Vec<Operation>,
    /// Whether its statements are one transaction.
    pub transaction: TransactionMode,
    /// Up, of a follow-up that runs in place: what it notes in the row of its stub, instead of a row of its own.
    pub raises: Option<Raise>,
    /// Up: how it can be undone on the database that the plan is for. Down: `Seen` when its operations are those that the history row kept.
    pub way_back: WayBack,
}

impl Step {
    /// The name of its entries in the journal.
    pub(crate) fn journal_name(&self) -> RevisionId {
        self.migration.as_ref().map_or_else(|| self.revision.clone(), |migration| migration.journal_name())
    }

    /// Why the step can not be undone, when that is known beforehand.
    #[must_use]
    pub fn irreversible(&self) -> Option<String> {
        match &self.way_back {
            WayBack::Missing(cause) => Some(cause.to_string()),
            WayBack::Known | WayBack::Seen => None,
        }
    }
}

/// The steps of one command on one database.
#[derive(Clone, Debug, Default)]
pub struct Plan {
    /// In the order in which they run.
    pub steps: Vec<Step>,
    /// The revisions of the rows that it was computed from, in the order of `seq`. When the history reads otherwise
    /// under the lock, the plan is out of date.
    pub expects: Vec<RevisionId>,
    /// Named targets of an upgrade that are applied already: why there may be nothing to do.
    pub satisfied: Vec<RevisionId>,
    /// What is undone although something that needs it stays applied: late afterwards, until it is applied again.
    pub leaves_late: Vec<RevisionId>,
}

impl Plan {
    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }

    /// The revisions of the steps, in their order.
    pub fn revisions(&self) -> impl Iterator<Item = &RevisionId> {
        self.steps.iter().map(|step| &step.revision)
    }
}
