//! Code over a big table, part by part: a part, and how far it came, are one transaction.

use super::{
    Event,
    journal::{Before, Journal},
    run::Run,
    step::{Refusal, StepError},
    transaction::as_driver_error,
};
use crate::{
    dialect::{Dialect, DriverError, ErrorKind},
    history::JournalKey,
    operation::{Batch, BatchStep},
};

impl Run<'_> {
    /// Runs the parts that are not done. The journal's entry stays `running` until the last part, and holds the last
    /// key that is done.
    pub(super) async fn batched(
        &mut self,
        journal: &mut Journal,
        key: JournalKey,
        digest: &str,
        work: &BatchStep,
    ) -> Result<(), StepError> {
        let (before, prefix) = journal.before(key.position, digest, &work.name)?;
        let mut after = match before {
            Before::Done => {
                journal.count(work.name.clone());
                return Ok(());
            }
            Before::Fresh => None,
            Before::Unknown => {
                let entry = journal.rows.iter().find(|row| row.position == key.position);
                entry.and_then(|row| row.error.clone())
            }
        };
        self.begin_timing(journal).await?;
        journal.halfway |= after.is_some();
        if after.is_none() {
            let replaces = journal.has(key.position);
            for sql in self.sql().step_intent(&self.names, &key, digest, &prefix, self.epoch, replaces) {
                self.execute("noting the intent", &sql).await?;
            }
        }
        loop {
            if self.is_interrupted() {
                return Err(journal.interrupted());
            }
            let dialect = self.db.dialect().clone();
            let next = self.db.connection().query(&boundary(&*dialect, work, after.as_deref())).await;
            let next = next.map_err(|error| self.part_failed(work, journal, error))?;
            let Some(up_to) = next.first().and_then(|row| row.at(0)).map(str::to_owned) else { break };
            let condition = between(&*dialect, work, after.as_deref(), &up_to);
            let batch = Batch::new(after.take(), up_to.clone(), condition);
            self.observer.event(&Event::BatchStarted { name: &work.name, up_to: &up_to });
            if let Err(error) = self.part(&key, work, batch).await {
                let _ = self.db.connection().execute("ROLLBACK").await;
                return Err(match error {
                    Part::Work(error) => self.part_failed(work, journal, error),
                    Part::Step(error) => error,
                });
            }
            journal.halfway = true;
            after = Some(up_to);
        }
        let outcome = self.sql().step_outcome(&self.names, &key, "done", None);
        self.execute("noting the outcome", &outcome).await?;
        journal.count(work.name.clone());
        Ok(())
    }

    async fn part(&mut self, key: &JournalKey, work: &BatchStep, batch: Batch) -> Result<(), Part> {
        let begin = self.db.dialect().capability().begin;
        self.execute("beginning the transaction", begin).await?;
        let up_to = batch.up_to.clone();
        work.run(&mut self.db, batch).await.map_err(|error| Part::Work(as_driver_error(error)))?;
        let progress = self.sql().step_outcome(&self.names, key, "running", Some(&up_to));
        self.execute("noting how far it came", &progress).await?;
        if let Some(fence) = self.fence()
            && let Err(error) = self.db.connection().query(&fence).await
        {
            return Err(Part::Step(self.lost_or(error)));
        }
        self.execute("committing", "COMMIT").await?;
        Ok(())
    }

    fn part_failed(&self, work: &BatchStep, journal: &Journal, error: DriverError) -> StepError {
        if error.kind == ErrorKind::Cancelled && self.is_interrupted() {
            return journal.interrupted();
        }
        Refusal {
            statement: None,
            code: Some(work.name.clone()),
            hook: None,
            error,
            after: journal.after(),
            leftover: None,
        }
        .into()
    }
}

/// How a part can fail.
enum Part {
    Work(DriverError),
    Step(StepError),
}

impl From<StepError> for Part {
    fn from(error: StepError) -> Self {
        Self::Step(error)
    }
}

fn column(dialect: &dyn Dialect, work: &BatchStep) -> String {
    dialect.quote(&work.key)
}

/// A query for the last key of the next part.
fn boundary(dialect: &dyn Dialect, work: &BatchStep, after: Option<&str>) -> String {
    let (key, table) = (column(dialect, work), dialect.quote(&work.table.name));
    let table = match &work.table.schema {
        Some(schema) => format!("{}.{table}", dialect.quote(schema)),
        None => table,
    };
    let behind = after.map(|after| format!(" WHERE {key} > {}", literal(dialect, after))).unwrap_or_default();
    format!(
        "SELECT {key} FROM (SELECT {key} FROM {table}{behind} ORDER BY {key} LIMIT {}) AS part ORDER BY {key} DESC LIMIT 1",
        work.size
    )
}

/// The condition on the rows of a part.
fn between(dialect: &dyn Dialect, work: &BatchStep, after: Option<&str>, up_to: &str) -> String {
    let key = column(dialect, work);
    let end = format!("{key} <= {}", literal(dialect, up_to));
    match after {
        Some(after) => format!("{key} > {} AND {end}", literal(dialect, after)),
        None => end,
    }
}

/// A key as the database showed it, which it takes back as a literal of the column's own type.
fn literal(dialect: &dyn Dialect, key: &str) -> String {
    dialect.literal(&crate::dialect::Value::Text(key.to_owned()))
}
