//! A step whose statements commit one by one: each is journaled, intent before and outcome after.
//!
//! One packet carries the fence, the intent, **one** statement of the migration, and its outcome; never two statements,
//! because a server goes on with the rest of a packet after its client died. The last statement's packet carries the
//! history row instead of an outcome, in a transaction of its own.

use sha2::{Digest, Sha256};

use super::{
    AfterFailure, Event, packet,
    prepare::{Piece, fold_forward, inspect_for},
    run::Run,
    step::{Refusal, StepError},
    transaction::as_driver_error,
};
use crate::{
    dialect::{DriverError, ErrorKind, Probe, Statement},
    history::{JournalKey, JournalRow},
    migration::hex,
    operation::{DataStep, Operation, canonical_text},
    plan::Step,
};

/// Positions count statements within operations: `operation * STRIDE + statement`.
const STRIDE: usize = 10_000;

/// What an earlier run left, and how far this one is.
struct Journal {
    rows: Vec<JournalRow>,
    prefix: Sha256,
    done: Vec<String>,
    /// Notes the beginning of the step; it goes with the first thing that is sent.
    timing: Option<String>,
}

enum Before {
    /// Nothing is known of the statement.
    Fresh,
    /// It is done.
    Done,
    /// It was begun; nobody knows how it ended.
    Unknown,
}

impl Journal {
    /// Whether an earlier try left an entry at a position.
    fn has(&self, position: usize) -> bool {
        self.rows.iter().any(|row| row.position == position)
    }

    /// What is known of the statement at a position, after its digest was added to the prefix.
    fn before(&mut self, position: usize, digest: &str) -> Result<(Before, String), StepError> {
        self.prefix.update(digest.as_bytes());
        let prefix = hex(&self.prefix.clone().finalize());
        let Some(row) = self.rows.iter().find(|row| row.position == position) else {
            // A later entry without this one means that this one was not there when the earlier run came by.
            return match self.rows.iter().any(|row| row.position > position && row.state == "done") {
                true => Err(StepError::EditedHalfway(self.done.len() + 1)),
                false => Ok((Before::Fresh, prefix)),
            };
        };
        match row.state.as_str() {
            "done" if row.prefix_digest == prefix => Ok((Before::Done, prefix)),
            "done" => Err(StepError::EditedHalfway(self.done.len() + 1)),
            "running" if row.prefix_digest == prefix => Ok((Before::Unknown, prefix)),
            "running" => Err(StepError::EditedHalfway(self.done.len() + 1)),
            _ => Ok((Before::Fresh, prefix)),
        }
    }
}

fn digest(text: &str) -> String {
    hex(&Sha256::digest(text.as_bytes()))
}

impl Run<'_> {
    /// Runs a step statement by statement and answers with those that it sent or found done.
    pub(super) async fn journaled(&mut self, step: &Step) -> Result<Vec<String>, StepError> {
        let (revision, direction) = (step.revision.as_str().to_owned(), step.direction.as_str());
        let rows: Vec<JournalRow> = self
            .loaded_journal
            .iter()
            .filter(|row| row.revision == revision && row.direction == direction)
            .cloned()
            .collect();
        let resumed = rows.iter().filter(|row| row.state == "done").count();
        if resumed > 0 {
            self.observer.event(&Event::Resumed { revision: &step.revision, done: resumed });
        }
        let timing = self.sql().begin_timing();
        let mut journal = Journal { rows, prefix: Sha256::new(), done: Vec::new(), timing };
        let mut recorded = false;
        let last = step.operations.len().saturating_sub(1);
        for (index, operation) in step.operations.iter().enumerate() {
            let pieces = self.pieces(operation, index, &mut journal).await?;
            let count = pieces.len();
            for (sub, piece) in pieces.into_iter().enumerate() {
                if self.is_interrupted() {
                    return Err(StepError::Interrupted { done: journal.done.len() });
                }
                let key =
                    JournalKey { revision: revision.clone(), direction, position: index * STRIDE + sub };
                let text = match (operation, &piece) {
                    (Operation::Sql(_), Piece::Statement(statement)) => statement.sql.clone(),
                    _ => format!("{}#{sub}", canonical_text(std::slice::from_ref(operation))),
                };
                let is_last = index == last && sub + 1 == count;
                match piece {
                    Piece::Statement(statement) => {
                        let finish = is_last.then(|| self.bookkeeping(step));
                        recorded =
                            self.statement(&mut journal, key, &digest(&text), statement, finish).await?;
                    }
                    Piece::Data(data) => self.data(&mut journal, key, &digest(&text), &data).await?,
                    Piece::Later(_) => {}
                }
            }
        }
        if !recorded {
            self.begin_timing(&mut journal).await?;
            self.record(step).await?;
        }
        Ok(journal.done)
    }

    /// Records a step whose last statement could not carry the history row itself.
    async fn record(&mut self, step: &Step) -> Result<(), StepError> {
        let begin = self.db.dialect().capability().begin;
        self.execute("recording the step", begin).await?;
        for sql in self.bookkeeping(step) {
            self.execute("recording the step", &sql).await?;
        }
        if let Some(fence) = self.fence()
            && let Err(error) = self.db.connection().query(&fence).await
        {
            let _ = self.db.connection().execute("ROLLBACK").await;
            return Err(self.lost_or(error));
        }
        self.execute("committing", "COMMIT").await
    }

    /// Notes the beginning of the step, unless that has been sent.
    async fn begin_timing(&mut self, journal: &mut Journal) -> Result<(), StepError> {
        match journal.timing.take() {
            Some(sql) => self.execute("noting the time", &sql).await,
            None => Ok(()),
        }
    }

    /// The pieces of one operation, compiled against the tables as they are now.
    async fn pieces(
        &mut self,
        operation: &Operation,
        index: usize,
        journal: &mut Journal,
    ) -> Result<Vec<Piece>, StepError> {
        let operations = std::slice::from_ref(operation);
        let of_operation = |row: &&JournalRow| row.position / STRIDE == index;
        let begun = journal.rows.iter().filter(of_operation).any(|row| row.state != "failed");
        if begun && !self.db.dialect().needs(operation).is_empty() {
            // Its statements depend on a table that some of them have already changed. When they are all done, their
            // number is the only thing that is needed; else the text of the one under way can not be made again.
            let rows: Vec<&JournalRow> = journal.rows.iter().filter(of_operation).collect();
            let later = journal.rows.iter().any(|row| row.position / STRIDE > index);
            if rows.iter().all(|row| row.state == "done") && later {
                return Ok(rows
                    .iter()
                    .map(|_| Piece::Statement(Statement::new(operation.describe())))
                    .collect());
            }
            if rows.len() > 1 {
                return Err(StepError::NeedsPerson(journal.done.len() + 1, operation.describe()));
            }
        }
        let mut before = inspect_for(&mut self.db, operations)
            .await
            .map_err(|error| StepError::Database("reading the tables", error))?;
        match fold_forward(self.db.dialect(), operations, &mut before, &mut true) {
            Ok(pieces) => Ok(pieces.into_iter().map(|(_, piece)| piece).collect()),
            // What it would remove is already gone: the statement under way had taken effect.
            Err(_) if begun => Ok(vec![Piece::Statement(Statement::new(operation.describe()))]),
            Err(error) => Err(StepError::Compile(error)),
        }
    }

    async fn statement(
        &mut self,
        journal: &mut Journal,
        key: JournalKey,
        digest: &str,
        statement: Statement,
        finish: Option<Vec<String>>,
    ) -> Result<bool, StepError> {
        let (before, prefix) = journal.before(key.position, digest)?;
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
            journal.done.push(statement.sql);
            return Ok(false);
        }
        self.observer.event(&Event::StatementStarted { sql: &statement.sql });
        let replaces = journal.has(key.position);
        let intent = self.sql().step_intent(&self.names, &key, digest, &prefix, self.epoch, replaces);
        let sent = if self.db.dialect().capability().journal_packet {
            let intent = journal.timing.take().into_iter().chain(intent).collect();
            self.in_one_packet(&statement, intent, &key, finish.as_deref()).await
        } else {
            self.begin_timing(journal).await?;
            self.one_by_one(&statement, intent, &key).await.map(|()| false)
        };
        match sent {
            Ok(recorded) => {
                journal.done.push(statement.sql);
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
                    return Err(StepError::Interrupted { done: journal.done.len() });
                }
                Err(Refusal {
                    statement: Some(statement),
                    code: None,
                    error,
                    after: AfterFailure::Committed { statements: journal.done.clone() },
                }
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
        match self.send(&packet::text(&packet)).await {
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
        self.send(&statement.sql).await.map_err(|failed| Sent::Statement(failed.error))?;
        let outcome = self.sql().step_outcome(&self.names, key, "done", None);
        self.db.connection().execute(&outcome).await.map(drop).map_err(Sent::Bookkeeping)
    }

    async fn data(
        &mut self,
        journal: &mut Journal,
        key: JournalKey,
        digest: &str,
        data: &DataStep,
    ) -> Result<(), StepError> {
        let (before, prefix) = journal.before(key.position, digest)?;
        match before {
            Before::Done => {
                journal.done.push(data.name.clone());
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
                error,
                after: AfterFailure::Committed { statements: journal.done.clone() },
            }
            .into());
        }
        let outcome = self.sql().step_outcome(&self.names, &key, "done", None);
        self.execute("noting the outcome", &outcome).await?;
        self.execute("committing", "COMMIT").await?;
        journal.done.push(data.name.clone());
        Ok(())
    }

    /// Whether a statement of unknown outcome has taken effect, as the catalog shows it; `None` when it can not.
    async fn probe(&mut self, probe: Option<&Probe>) -> Result<Option<bool>, StepError> {
        let Some(probe) = probe else { return Ok(None) };
        let Some(table) = probe.table().cloned() else { return Ok(Some(false)) };
        let dialect = self.db.dialect().clone();
        let schema = dialect.inspect(self.db.connection(), Some(&[table.clone()].into())).await;
        let schema = schema.map_err(|error| StepError::Database("looking at the catalog", error))?;
        Ok(Some(probe.holds(schema.table(&table))))
    }
}

/// Where a packet ended.
enum Sent {
    Fence(DriverError),
    Statement(DriverError),
    Bookkeeping(DriverError),
}
