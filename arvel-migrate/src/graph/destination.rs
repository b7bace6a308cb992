//! Where a plan goes: a target that has been resolved, and all that a planner has to know of it.

use crate::migration::RevisionId;

/// Where an upgrade goes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum UpgradeTarget {
    /// Everything.
    Heads,
    /// These and what they need.
    Revisions(Vec<RevisionId>),
    /// `+N`: the next N of what is pending.
    Next(usize),
    /// `label@+N`: the next N of a branch, and what they need.
    NextOf {
        /// What stands before `@`.
        branch: String,
        /// The revisions of the branch, in graph order.
        members: Vec<RevisionId>,
        /// How many.
        count: usize,
    },
    /// These and nothing else, for a `refresh` that applies again what it undid.
    Exactly(Vec<RevisionId>),
}

/// Where a downgrade goes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum DowngradeTarget {
    /// Undo everything.
    Base,
    /// Keep these; undo their applied descendants, and what depends on those. All of them must be applied.
    Keep(Vec<RevisionId>),
    /// `-N`: undo the last N.
    Steps(usize),
    /// Undo those of these that are applied, and what needs them.
    Undo(Vec<RevisionId>),
}

/// What a stamp says.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StampTarget {
    /// Nothing is applied.
    Base,
    /// These and their ancestors are applied, their descendants are not.
    Revisions(Vec<RevisionId>),
    /// The members of this branch, and what needs them, are not applied.
    BranchBase(Vec<RevisionId>),
}
