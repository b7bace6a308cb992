//! A run as a script for the database's own client: for whoever may change a database where this program may not.
//!
//! Pure: nothing is connected to. What stands in the database is what the start of the range says, folded from what its
//! migrations record; the script itself checks that before it changes anything. What only a connection could tell is
//! refused, never guessed: code over rows, and what needs the shape of a table that nobody can foresee.

mod base;
mod error;
mod step;
mod write;

pub(crate) use base::Base;
pub use error::ScriptError;
pub(crate) use write::Writer;

use crate::{
    dialect::ScriptLine,
    migration::RevisionId,
    plan::{Direction, StampPlan, Step},
};

/// A script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Script {
    /// The whole text, for the client.
    pub text: String,
    /// The same as entries, without the text that ends statements.
    pub lines: Vec<ScriptLine>,
    /// The server that it is for, as far as that is known.
    pub server: String,
    /// How it is run: a command with `FILE` in it.
    pub run_with: &'static str,
    /// The ends of what must be applied where it runs; empty for nothing.
    pub from: Vec<RevisionId>,
    /// What it runs, in order; nothing for a stamp.
    pub steps: Vec<ScriptStep>,
    /// The rows that a stamp removes.
    pub removed: Vec<RevisionId>,
    /// The rows that a stamp writes.
    pub added: Vec<RevisionId>,
    /// Whether every row goes first, whatever it is.
    pub purges: bool,
    /// Whether it makes the tables of the bookkeeping, and that is all.
    pub installs: bool,
    /// What it can not know. They are comments in the text too.
    pub notes: Vec<String>,
}

/// One migration of a script.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScriptStep {
    /// The revision.
    pub revision: RevisionId,
    /// Up or down.
    pub direction: Direction,
    /// Its statements, without those of the bookkeeping.
    pub statements: Vec<String>,
}

impl Script {
    /// Whether there is nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
            && self.removed.is_empty()
            && self.added.is_empty()
            && !self.purges
            && !self.installs
    }

    /// The statements, in order, with those of the bookkeeping.
    pub fn statements(&self) -> impl Iterator<Item = &str> {
        self.lines.iter().filter_map(|line| match line {
            ScriptLine::Statement(sql) => Some(sql.as_str()),
            _ => None,
        })
    }
}

/// What a script is made of.
pub(crate) enum Work {
    /// Migrations that run.
    Steps(Vec<Step>),
    /// Rows that are written; all others go first, or those of the plan.
    Stamp { plan: StampPlan, purge: bool },
    /// The tables of the bookkeeping.
    Tables,
}
