//! The start of a program: is there anything to do? One read when there is not.

use super::Migrator;
use crate::{
    Error,
    exec::RunError,
    history::{Comparison, store},
    migration::RevisionId,
};

/// What a starting program finds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StartState {
    /// Not applied yet.
    pub pending: Vec<RevisionId>,
    /// Applied, and unknown to this program: the database is ahead of it.
    pub missing: Vec<RevisionId>,
    /// Applied, and edited since.
    pub changed: Vec<RevisionId>,
    /// Begun and not finished, up or down: only where statements commit by themselves.
    pub failed: Vec<RevisionId>,
    /// Whether the digest alone answered.
    pub fast: bool,
}

impl StartState {
    fn of(comparison: &Comparison) -> Self {
        let names = |states: Vec<&crate::history::RevisionState>| {
            states.into_iter().map(|state| state.revision.clone()).collect()
        };
        Self {
            pending: names(comparison.pending().collect()),
            missing: names(comparison.missing().collect()),
            changed: names(comparison.changed().collect()),
            failed: names(comparison.failed().collect()),
            fast: false,
        }
    }
}

impl Migrator {
    /// Compares the program's set with the applied one: one read when they are the same, no lock and no write ever.
    ///
    /// # Errors
    /// When the database can not be read.
    pub async fn start_state(&self) -> Result<StartState, Error> {
        let Some(mut db) = self.connect_to_ask().await? else {
            return Ok(StartState::of(&self.compare(&crate::history::Loaded::default())));
        };
        let dialect = db.dialect().clone();
        let start = store::load_start(db.connection(), dialect.bookkeeping(), &self.names).await;
        let start = start.map_err(RunError::database("reading the history"))?;
        let own = self.own_digest();
        let same = start.is_some_and(|start| {
            start.digest == own.text() && start.applied == own.count() && start.begun == 0
        });
        let state = if same {
            StartState { fast: true, ..StartState::default() }
        } else {
            let loaded = store::load(db.connection(), dialect.bookkeeping(), &self.names).await;
            StartState::of(&self.compare(&loaded.map_err(RunError::database("reading the history"))?))
        };
        let _ = db.into_connection().close().await;
        Ok(state)
    }
}
