//! A statement that no transaction holds together with its entry: the intent before, the outcome after, and the catalog
//! when nobody knows how it ended.
//!
//! Where the database takes them so, one packet carries the fence, the intent, **one** statement of the migration, and its
//! outcome; never two statements, because a server goes on with the rest of a packet after its client died. The last
//! statement's packet carries the history row instead of an outcome, in a transaction of its own.

use super::{
    Event,
    journal::{Before, Journal},
    packet,
    run::Run,
    step::{Refusal, StepError},
    transaction::as_driver_error,
};
use crate::{
    dialect::{DriverError, ErrorKind, Probe, Statement},
    history::JournalKey,
    operation::DataStep,
};

impl Run<'_> {
    /// Runs a statement unless it is done; `finish` is the bookkeeping of the step, when it is the last one. Answers
    /// whether that was sent along.
    pub(super) async fn statement(
        &mut self,
        journal: &mut Journal,
        key: JournalKey,
        digest: &str,
        statement: Statement,
        finish: Option<Vec<String>>,
    ) -> Result<bool, StepError> {
        let (before, prefix) = journal.before(key.position, digest, &statement.sql)?;
        let done = match before {
            Before::Fresh => false,
            Before::Done => true,
            Before::Unknown => match self.probe(statement.probe.as_ref()).await? {
                Some(done) => done,
                None => return Err(StepError::NeedsPerson(journal.done.len() + 1, statement.sql)),
            },
        };
        if done {
            let outcome = self.sql().step_outcome(&self.names, &key, "done", None);
            self.execute("noting the outcome", &outcome).await?;
            journal.count(statement.sql);
            return Ok(false);
        }
        if let Some(error) = self.in_the_way(&statement).await {
            let after = journal.after();
            return Err(Refusal {
                statement: Some(statement),
                code: None,
                hook: None,
                error,
                after,
                leftover: None,
            }
            .into());
        }
        if self.clear_the_way(journal, &statement).await? {
            self.enter_done(journal, &key, digest, &prefix).await?;
            journal.count(statement.sql);
            return Ok(false);
        }
        self.observer.event(&Event::StatementStarted { sql: &statement.sql });
        let replaces = journal.has(key.position);
        let intent = self.sql().step_intent(&self.names, &key, digest, &prefix, self.epoch, replaces);
        let packet = self.db.dialect().capability().journal_packet && statement.answers_once;
        let sent = if packet {
            let intent = journal.timing.take().into_iter().chain(intent).collect();
            self.in_one_packet(&statement, intent, &key, finish.as_deref()).await
        } else {
            self.begin_timing(journal).await?;
            self.one_by_one(&statement, intent, &key).await.map(|()| false)
        };
        match sent {
            Ok(recorded) => {
                journal.count(statement.sql);
                Ok(recorded)
            }
            Err(Sent::Fence(error)) => Err(match error.kind {
                ErrorKind::Unreachable | ErrorKind::Retryable => {
                    StepError::Database("checking the lock", error)
                }
                _ => StepError::LostLock,
            }),
            Err(Sent::Bookkeeping(error)) => {
                let _ = self.db.connection().execute("ROLLBACK").await;
                Err(StepError::Database("recording the step", error))
            }
            Err(Sent::Statement(error)) => {
                let text = error.to_string();
                let outcome = self.sql().step_outcome(&self.names, &key, "failed", Some(&text));
                let _ = self.db.connection().execute(&outcome).await;
                if error.kind == ErrorKind::Cancelled && self.is_interrupted() {
                    return Err(journal.interrupted());
                }
                let leftover = self.clean_up(&statement).await;
                let after = journal.after();
                Err(Refusal { statement: Some(statement), code: None, hook: None, error, after, leftover }
                    .into())
            }
        }
    }

    async fn in_one_packet(
        &mut self,
        statement: &Statement,
        intent: Vec<String>,
        key: &JournalKey,
        finish: Option<&[String]>,
    ) -> Result<bool, Sent> {
        let mut packet: Vec<String> = self.fence().into_iter().collect();
        let fences = packet.len();
        packet.extend(intent);
        let at = packet.len();
        packet.push(statement.sql.clone());
        match finish {
            Some(bookkeeping) => {
                packet.push(self.db.dialect().capability().begin.to_owned());
                packet.extend(bookkeeping.iter().cloned());
                packet.push("COMMIT".to_owned());
            }
            None => packet.push(self.sql().step_outcome(&self.names, key, "done", None)),
        }
        match self.send(&packet::text(&packet), false).await {
            Ok(()) => Ok(finish.is_some()),
            Err(failed) if failed.completed < fences => Err(Sent::Fence(failed.error)),
            Err(failed) if failed.completed == at => {
                Err(Sent::Statement(packet::hide_what_follows(failed.error)))
            }
            Err(failed) => Err(Sent::Bookkeeping(failed.error)),
        }
    }

    async fn one_by_one(
        &mut self,
        statement: &Statement,
        intent: Vec<String>,
        key: &JournalKey,
    ) -> Result<(), Sent> {
        if let Some(fence) = self.fence() {
            self.db.connection().query(&fence).await.map_err(Sent::Fence)?;
        }
        for sql in intent {
            self.db.connection().execute(&sql).await.map_err(Sent::Bookkeeping)?;
        }
        self.send_alone(&statement.sql, statement.waits).await.map_err(Sent::Statement)?;
        let outcome = self.sql().step_outcome(&self.names, key, "done", None);
        self.db.connection().execute(&outcome).await.map(drop).map_err(Sent::Bookkeeping)
    }

    /// Code in a transaction of its own, with its outcome.
    pub(super) async fn data(
        &mut self,
        journal: &mut Journal,
        key: JournalKey,
        digest: &str,
        data: &DataStep,
    ) -> Result<(), StepError> {
        let (before, prefix) = journal.before(key.position, digest, &data.name)?;
        match before {
            Before::Done => {
                journal.count(data.name.clone());
                return Ok(());
            }
            // Its rows and its outcome are one transaction: begun and not done means rolled back.
            Before::Fresh | Before::Unknown => {}
        }
        self.begin_timing(journal).await?;
        let replaces = journal.has(key.position);
        for sql in self.sql().step_intent(&self.names, &key, digest, &prefix, self.epoch, replaces) {
            self.execute("noting the intent", &sql).await?;
        }
        let begin = self.db.dialect().capability().begin;
        self.execute("beginning the transaction", begin).await?;
        if let Err(error) = data.run(&mut self.db).await {
            let error: DriverError = as_driver_error(error);
            let _ = self.db.connection().execute("ROLLBACK").await;
            let text = error.to_string();
            let outcome = self.sql().step_outcome(&self.names, &key, "failed", Some(&text));
            let _ = self.db.connection().execute(&outcome).await;
            return Err(Refusal {
                statement: None,
                code: Some(data.name.clone()),
                hook: None,
                error,
                after: journal.after(),
                leftover: None,
            }
            .into());
        }
        let outcome = self.sql().step_outcome(&self.names, &key, "done", None);
        self.execute("noting the outcome", &outcome).await?;
        self.execute("committing", "COMMIT").await?;
        journal.count(data.name.clone());
        Ok(())
    }

    /// Whether a statement of unknown outcome has taken effect, as the catalog shows it; `None` when it can not.
    pub(super) async fn probe(&mut self, probe: Option<&Probe>) -> Result<Option<bool>, StepError> {
        let Some(probe) = probe else { return Ok(None) };
        let wanted = probe.wanted();
        if wanted.is_empty() {
            return Ok(Some(false));
        }
        let dialect = self.db.dialect().clone();
        let schema = dialect.inspect(self.db.connection(), Some(&wanted)).await;
        let schema = schema.map_err(|error| StepError::Database("looking at the catalog", error))?;
        Ok(Some(probe.holds(&schema)))
    }
}

/// Where a packet ended.
enum Sent {
    Fence(DriverError),
    Statement(DriverError),
    Bookkeeping(DriverError),
}
