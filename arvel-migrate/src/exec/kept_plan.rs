//! The statements of an operation that no transaction holds together, kept in the journal before the first of them runs.
//!
//! They were compiled against the tables as they were. A run that was cut off in the middle finds tables that some of them
//! have changed, of which the same statements, and the questions whether they have happened, can not be made again.

use super::{
    journal::{Journal, Spans, digest, is_rebuild},
    prepare::Piece,
    run::Run,
    step::StepError,
};
use crate::{
    dialect::Statement,
    history::JournalKey,
    migration::TransactionMode,
    operation::{Operation, canonical_text},
};

/// The journal's word for it, beside `up` and `down`.
const PLAN: &str = "plan";

impl Run<'_> {
    /// What a former run has kept for the operation, if it still reads as it did.
    pub(super) fn kept_plan(
        &self,
        revision: &str,
        index: usize,
        operation: &Operation,
    ) -> Option<Vec<Statement>> {
        let row = self
            .loaded_journal
            .iter()
            .find(|row| row.revision == revision && row.direction == PLAN && row.position == index)?;
        let kept = row.error.as_deref().filter(|_| row.statement_digest == digest_of(operation))?;
        serde_json::from_str(kept).ok()
    }

    /// Keeps the statements, where they may end half done.
    pub(super) async fn keep_plan(
        &mut self,
        journal: &Journal,
        revision: &str,
        index: usize,
        operation: &Operation,
        pieces: &[Piece],
    ) -> Result<(), StepError> {
        let statements: Option<Vec<&Statement>> = pieces
            .iter()
            .map(|piece| match piece {
                Piece::Statement(statement) => Some(statement),
                _ => None,
            })
            .collect();
        let Some(statements) = statements else { return Ok(()) };
        let outside = statements.iter().any(|statement| statement.transaction == TransactionMode::None);
        let one_span = journal.spans == Spans::Long || pieces.iter().any(is_rebuild);
        if !outside && (one_span || statements.len() < 2) {
            return Ok(());
        }
        let Ok(text) = serde_json::to_string(&statements) else { return Ok(()) };
        let key = JournalKey { revision: revision.to_owned(), direction: PLAN, position: index };
        let replaces = self
            .loaded_journal
            .iter()
            .any(|row| row.revision == revision && row.direction == PLAN && row.position == index);
        let (sql, names) = (self.sql(), &self.names);
        let mut entry = sql.step_intent(names, &key, &digest_of(operation), "", self.epoch, replaces);
        entry.push(sql.step_outcome(names, &key, "done", Some(&text)));
        for sql in entry {
            self.execute("keeping the plan", &sql).await?;
        }
        Ok(())
    }
}

fn digest_of(operation: &Operation) -> String {
    digest(&canonical_text(std::slice::from_ref(operation)))
}
