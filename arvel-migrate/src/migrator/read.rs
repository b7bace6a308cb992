//! The questions about the graph: heads, branch points, history, one revision.
//!
//! Files answer them. The database is asked only when the caller wants states, or when a target means something only
//! there.

use super::{Migrator, Status};
use crate::{
    Error,
    graph::{Range, Target},
    migration::RevisionId,
    plan::{self, PlanError, Step},
};

/// Revisions of the graph, and what the database says of them where it was asked.
#[derive(Clone, Debug)]
pub struct Reading {
    /// The revisions, in the order of the question.
    pub revisions: Vec<RevisionId>,
    /// The states; `None` when the database was not asked.
    pub status: Option<Status>,
}

impl Migrator {
    /// The ends of the graph, or of what is selected of it.
    #[must_use]
    pub fn heads(&self) -> Vec<RevisionId> {
        match &self.selected {
            Some(selected) => self.graph.heads_of(selected),
            None => self.graph.heads(),
        }
    }

    /// The revisions that several others directly follow.
    #[must_use]
    pub fn branch_points(&self) -> Vec<RevisionId> {
        self.only_selected(self.graph.branch_points())
    }

    /// The whole history or a range of it, newest first. With `states`, or when the range needs it, the database is
    /// asked; the states are in the answer only when they were asked for.
    ///
    /// # Errors
    /// A range that can not be resolved, and a database that can not be read.
    pub async fn history(&self, range: Option<&Range>, states: bool) -> Result<Reading, Error> {
        let status = self.status_if(states || range.is_some_and(Range::needs_history)).await?;
        let mut revisions = match range {
            Some(range) => range.resolve(&self.graph, applied(status.as_ref()))?.revisions,
            None => self.graph.order().to_vec(),
        };
        revisions.reverse();
        let status = status.filter(|_| states);
        Ok(Reading { revisions: self.only_selected(revisions), status })
    }

    /// The revisions that a target names. With `states`, or when the target needs it, the database is asked, and then
    /// the states are in the answer.
    ///
    /// # Errors
    /// A target that can not be resolved, and a database that can not be read.
    pub async fn show(&self, target: &Target, states: bool) -> Result<Reading, Error> {
        let status = self.status_if(states || target.needs_history()).await?;
        let revisions = target.revisions(&self.graph, applied(status.as_ref()))?;
        Ok(Reading { revisions, status })
    }

    /// What a migration does when it is applied to this database: recorded, and nothing run. `None` for an unknown revision.
    ///
    /// # Errors
    /// The mistakes of its body.
    pub fn recorded(&self, revision: &RevisionId) -> Result<Option<Step>, PlanError> {
        self.graph.get(revision).map(|migration| plan::recorded(migration, self.family())).transpose()
    }

    async fn status_if(&self, wanted: bool) -> Result<Option<Status>, Error> {
        Ok(if wanted { Some(self.status().await?) } else { None })
    }

    fn only_selected(&self, mut revisions: Vec<RevisionId>) -> Vec<RevisionId> {
        if let Some(selected) = &self.selected {
            revisions.retain(|revision| selected.contains(revision));
        }
        revisions
    }
}

fn applied(status: Option<&Status>) -> &[RevisionId] {
    status.map_or(&[], |status| status.comparison.applied())
}
