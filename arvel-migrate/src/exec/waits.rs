//! Statements that wait for others by their nature, and what they leave behind when they fail or are killed.

use super::{
    Event, Leftover,
    journal::Journal,
    run::Run,
    step::{Refusal, StepError},
};
use crate::dialect::{DriverError, Statement};

impl Run<'_> {
    /// Sends one statement by itself. What waits for the transactions of others, as long as they take, is sent without the
    /// session's bounds on waits: a build that gives up half way is worth nothing, and leaves something to clean up.
    pub(super) async fn send_alone(&mut self, sql: &str, waits: bool) -> Result<(), DriverError> {
        let bounds = match self.sql().bounds().filter(|_| waits) {
            Some(query) => self.db.connection().query(query).await?,
            None => Vec::new(),
        };
        for bound in &bounds {
            self.db.connection().execute(bound.at(0).unwrap_or_default()).await?;
        }
        let sent = self.send(sql, false).await.map_err(|failed| failed.error);
        for bound in &bounds {
            let back = self.db.connection().execute(bound.at(1).unwrap_or_default()).await;
            if sent.is_ok() {
                back?;
            }
        }
        sent
    }

    /// Removes what a try that was cut off has left in the way of a statement; answers whether nothing is left to do.
    pub(super) async fn clear_the_way(
        &mut self,
        journal: &mut Journal,
        statement: &Statement,
    ) -> Result<bool, StepError> {
        let Some(remnant) = &statement.remnant else { return Ok(false) };
        if self.probe(Some(&remnant.seen)).await? != Some(true) {
            return Ok(false);
        }
        self.observer.event(&Event::RemnantRemoved { what: &remnant.what });
        self.observer.event(&Event::StatementStarted { sql: &remnant.remove });
        match self.send_alone(&remnant.remove, true).await {
            Ok(()) => {
                journal.count(remnant.remove.clone());
                Ok(remnant.finishes)
            }
            Err(error) => Err(Refusal {
                statement: Some(Statement::new(&remnant.remove)),
                code: None,
                hook: None,
                error,
                after: journal.after(),
                leftover: Some(Leftover { what: remnant.what.clone(), removed: false }),
            }
            .into()),
        }
    }

    /// Removes what a statement has left that just failed, if that can be done within the bounds on waits. The next run
    /// looks for it again.
    pub(super) async fn clean_up(&mut self, statement: &Statement) -> Option<Leftover> {
        let remnant = statement.remnant.as_ref()?;
        let left = self.probe(Some(&remnant.seen)).await;
        if !matches!(left, Ok(Some(true))) {
            return None;
        }
        let removed = !remnant.finishes && self.db.connection().execute(&remnant.remove).await.is_ok();
        Some(Leftover { what: remnant.what.clone(), removed })
    }
}
