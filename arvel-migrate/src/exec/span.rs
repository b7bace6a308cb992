//! A span: statements, code and their entries in the journal in one transaction, so that an entry says the truth whenever
//! the run is cut off.

use super::{
    Event,
    journal::{Before, Journal, Rebuild, Spans},
    run::Run,
    step::{Refusal, StepError},
    transaction::as_driver_error,
};
use crate::{
    dialect::{DriverError, ErrorKind, ForeignKeySwitch, Statement},
    history::JournalKey,
    operation::DataStep,
};

impl Run<'_> {
    /// Begins the transaction of a span, unless one is open.
    pub(super) async fn open_span(&mut self, journal: &mut Journal) -> Result<(), StepError> {
        if journal.open {
            return Ok(());
        }
        let begin = self.db.dialect().capability().begin;
        self.execute("beginning the transaction", begin).await?;
        journal.open = true;
        if let Some(sql) = self.sql().assert_last_seq(&self.names, self.last_seq)
            && let Err(error) = self.db.connection().execute(&sql).await
        {
            return Err(self.lost_or(error));
        }
        Ok(())
    }

    /// Begins a span in which foreign keys are not enforced, for the whole of a rebuild: with its statements one by one, and
    /// the keys on, dropping the old table would take the child rows along.
    pub(super) async fn open_rebuild(
        &mut self,
        journal: &mut Journal,
        switch: ForeignKeySwitch,
    ) -> Result<(), StepError> {
        self.close_span(journal).await?;
        self.execute("switching foreign keys off", switch.off).await?;
        let orphans = self.orphans(switch.check).await;
        // Whatever happens from here on, `abandon` switches them on again.
        journal.rebuild = Some(Rebuild { switch, orphans: Vec::new() });
        journal.rebuild = Some(Rebuild { switch, orphans: orphans? });
        self.open_span(journal).await
    }

    /// Commits what is open, behind the fence.
    pub(super) async fn close_span(&mut self, journal: &mut Journal) -> Result<(), StepError> {
        if !journal.open {
            return Ok(());
        }
        if let Some(rebuild) = &journal.rebuild {
            self.no_new_orphans(rebuild.switch.check, &rebuild.orphans).await?;
        }
        if let Some(fence) = self.fence()
            && let Err(error) = self.db.connection().query(&fence).await
        {
            return Err(self.lost_or(error));
        }
        self.execute("committing", "COMMIT").await?;
        journal.open = false;
        journal.committed = journal.done.len();
        match journal.rebuild.take() {
            Some(rebuild) => self.execute("switching foreign keys on", rebuild.switch.on).await,
            None => Ok(()),
        }
    }

    /// Rolls back what is open.
    pub(super) async fn abandon(&mut self, journal: &mut Journal) {
        if std::mem::take(&mut journal.open) {
            let _ = self.db.connection().execute("ROLLBACK").await;
            journal.done.truncate(journal.committed);
        }
        if let Some(rebuild) = journal.rebuild.take() {
            let _ = self.db.connection().execute(rebuild.switch.on).await;
        }
    }

    /// Takes the traces of a step out of the journal of which nothing is in effect. When that fails the next run finds a
    /// step that was begun, and goes on from its beginning.
    pub(super) async fn forget(&mut self, revision: &str) {
        let sql = self.sql().delete_steps(&self.names, revision);
        if self.db.connection().execute(&sql).await.is_ok() {
            self.loaded_journal.retain(|row| row.revision != revision);
        }
    }

    /// A statement and its entry.
    pub(super) async fn in_span(
        &mut self,
        journal: &mut Journal,
        key: JournalKey,
        digest: &str,
        statement: Statement,
    ) -> Result<(), StepError> {
        let (before, prefix) = journal.before(key.position, digest, &statement.sql)?;
        let done = match before {
            Before::Fresh => false,
            Before::Done => true,
            // A statement that a former run sent by itself.
            Before::Unknown => match self.probe(statement.probe.as_ref()).await? {
                Some(done) => done,
                None => return Err(StepError::NeedsPerson(journal.done.len() + 1, statement.sql)),
            },
        };
        if done && matches!(before, Before::Done) {
            journal.count(statement.sql);
            return Ok(());
        }
        self.open_span(journal).await?;
        if !done {
            if let Some(error) = self.in_the_way(&statement).await {
                return Err(self.refused(journal, Some(statement), None, error));
            }
            self.observer.event(&Event::StatementStarted { sql: &statement.sql });
            if let Err(failed) = self.send(&statement.sql, true).await {
                return Err(self.refused(journal, Some(statement), None, failed.error));
            }
        }
        self.enter_done(journal, &key, digest, &prefix).await?;
        journal.count(statement.sql);
        self.close_short_span(journal).await
    }

    /// Code and its entry.
    pub(super) async fn data_in_span(
        &mut self,
        journal: &mut Journal,
        key: JournalKey,
        digest: &str,
        data: &DataStep,
    ) -> Result<(), StepError> {
        let (before, prefix) = journal.before(key.position, digest, &data.name)?;
        if matches!(before, Before::Done) {
            journal.count(data.name.clone());
            return Ok(());
        }
        self.open_span(journal).await?;
        if let Err(error) = data.run(&mut self.db).await {
            return Err(self.refused(journal, None, Some(data.name.clone()), as_driver_error(error)));
        }
        self.enter_done(journal, &key, digest, &prefix).await?;
        journal.count(data.name.clone());
        self.close_short_span(journal).await
    }

    /// Enters that a statement is done.
    pub(super) async fn enter_done(
        &mut self,
        journal: &Journal,
        key: &JournalKey,
        digest: &str,
        prefix: &str,
    ) -> Result<(), StepError> {
        let replaces = journal.has(key.position);
        let mut entry = self.sql().step_intent(&self.names, key, digest, prefix, self.epoch, replaces);
        entry.push(self.sql().step_outcome(&self.names, key, "done", None));
        for sql in entry {
            self.execute("noting the outcome", &sql).await?;
        }
        Ok(())
    }

    async fn close_short_span(&mut self, journal: &mut Journal) -> Result<(), StepError> {
        match journal.spans {
            _ if journal.rebuild.is_some() => Ok(()),
            Spans::Long => Ok(()),
            Spans::Each | Spans::None => self.close_span(journal).await,
        }
    }

    /// What the database, or code, refused inside an open span.
    fn refused(
        &self,
        journal: &Journal,
        statement: Option<Statement>,
        code: Option<String>,
        error: DriverError,
    ) -> StepError {
        if error.kind == ErrorKind::Cancelled && self.is_interrupted() {
            return journal.interrupted();
        }
        Refusal { statement, code, hook: None, error, after: journal.after(), leftover: None }.into()
    }
}
