//! A condition where each statement commits by itself: the answer is kept in the journal, since what its side does may
//! change it, and a run that goes on must take the same side.

use super::{run::Run, step::StepError};
use crate::{history::JournalKey, operation::Condition};

/// The journal's word for an answer, beside `up` and `down`.
const WHEN: &str = "when";

impl Run<'_> {
    /// Whether the condition holds, as a former run found it, or else as the database is now.
    pub(super) async fn decide(
        &mut self,
        revision: &str,
        index: usize,
        condition: &Condition,
    ) -> Result<bool, StepError> {
        let kept = self
            .loaded_journal
            .iter()
            .find(|row| row.revision == revision && row.direction == WHEN && row.position == index);
        match kept.map(|row| row.state.as_str()) {
            Some("yes") => return Ok(true),
            Some("no") => return Ok(false),
            _ => {}
        }
        let dialect = self.db.dialect().clone();
        let needed = condition.needs();
        let schema = match needed.is_empty() {
            true => crate::schema::DatabaseSchema::default(),
            false => {
                let seen = dialect.inspect(self.db.connection(), Some(&needed)).await;
                seen.map_err(|error| StepError::Database("answering a condition", error))?
            }
        };
        let holds = condition.holds(dialect.capability().family, &schema);
        let key = JournalKey { revision: revision.to_owned(), direction: WHEN, position: index };
        let (sql, names) = (dialect.bookkeeping(), self.names.clone());
        let mut statements = sql.step_intent(&names, &key, "", "", self.epoch, kept.is_some());
        statements.push(sql.step_outcome(&names, &key, if holds { "yes" } else { "no" }, None));
        for statement in statements {
            self.execute("keeping the answer of a condition", &statement).await?;
        }
        Ok(holds)
    }
}
