//! What ran in one database, whatever the files say now: what may be replaced or removed is asked of it.
//!
//! It needs no graph, so that a set of files that is broken can be mended; and what was begun and not finished counts,
//! because a part of it is in effect.

use std::collections::BTreeSet;

use super::{Comparison, Loaded, State};
use crate::migration::{Origin, RevisionId};

/// The revisions that a database remembers, and where they were published from.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Remembered {
    /// Revisions that ran, or were begun.
    pub revisions: BTreeSet<RevisionId>,
    /// The origins that the rows of the history hold.
    pub origins: BTreeSet<Origin>,
}

impl Remembered {
    /// Of the rows of the history and of its journal.
    pub(crate) fn of(loaded: &Loaded) -> Self {
        let begun = loaded.journal.iter().filter_map(|row| RevisionId::new(&row.revision).ok());
        Self {
            revisions: loaded.rows.iter().map(|row| row.revision.clone()).chain(begun).collect(),
            origins: origins(loaded.rows.iter().map(|row| row.origin.as_deref())),
        }
    }

    /// Of what is known already, for a command that has asked.
    #[must_use]
    pub fn of_comparison(comparison: &Comparison) -> Self {
        let ran = |state: &&super::RevisionState| state.row.is_some() || state.state == State::Failed;
        let states: Vec<_> = comparison.states().iter().filter(ran).collect();
        // A row may have another revision than its file: then it is known by its origin.
        let rows = states.iter().filter_map(|state| state.row.as_ref());
        let revisions = states.iter().map(|state| state.revision.clone());
        Self {
            revisions: revisions.chain(rows.clone().map(|row| row.revision.clone())).collect(),
            origins: origins(rows.map(|row| row.origin.as_deref())),
        }
    }
}

fn origins<'a>(texts: impl Iterator<Item = Option<&'a str>>) -> BTreeSet<Origin> {
    texts.flatten().filter_map(|text| text.parse().ok()).collect()
}
