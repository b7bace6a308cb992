//! The steps of a plan, one after the other: tries, bookkeeping, and what a failure left.

use std::{
    path::PathBuf,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use super::{
    Event, Failure, RunError, RunReport, StepReport, StepState,
    own_transaction::refuse_own_transaction,
    packet,
    prepare::prepare,
    run::{Run, load},
    split::{leaves_transaction, refuse_split},
    step::{Refusal, StepError},
};
use crate::{
    dialect::advice,
    history::{NewRow, Raise, versions},
    lock::jitter,
    migration::{Checksum, RevisionId, TransactionMode},
    operation::Operation,
    plan::{Direction, Plan, Step},
};

impl Run<'_> {
    pub(super) async fn steps(&mut self, plan: Plan) -> Result<RunReport, RunError> {
        let total = plan.steps.len();
        self.observer.event(&Event::Started { steps: total });
        let (first, began) = (self.batch, Instant::now());
        self.before_run(&plan).await?;
        self.open_digest().await?;
        let outcome = self.each(&plan, total).await;
        self.close_digest().await;
        if outcome.is_ok() {
            self.after_run(&plan, first, began).await?;
        }
        outcome
    }

    /// While a run is at work the digest is empty: a start reads rows then, and also after a run that was killed.
    async fn open_digest(&mut self) -> Result<(), RunError> {
        let sql = self.sql().set_digest(&self.names, "");
        self.db.connection().execute(&sql).await.map(drop).map_err(RunError::database("opening the run"))
    }

    /// Writes the digest of the applied set, unless the lock was lost. When it can not be written the next start reads
    /// rows, which costs it a query and nothing else.
    async fn close_digest(&mut self) {
        let mut packet = vec![self.db.dialect().capability().begin.to_owned()];
        packet.extend(self.sql().assert_last_seq(&self.names, self.last_seq));
        packet.push(self.sql().set_digest(&self.names, &self.digest.text()));
        packet.extend(self.fence());
        packet.push("COMMIT".to_owned());
        if self.db.connection().packet(&packet::text(&packet)).await.is_err() {
            let _ = self.db.connection().execute("ROLLBACK").await;
        }
    }

    async fn each(&mut self, plan: &Plan, total: usize) -> Result<RunReport, RunError> {
        let mut report = RunReport::default();
        for (index, step) in plan.steps.iter().enumerate() {
            if self.is_interrupted() {
                return Err(RunError::Interrupted {
                    report: Box::new(report),
                    planned: total,
                    halfway: None,
                });
            }
            let number = index + 1;
            self.place = (number, total);
            let (revision, direction) = (&step.revision, step.direction);
            self.observer.event(&Event::StepStarted { number, steps: total, revision, direction });
            let started = Instant::now();
            let outcome = self.with_retries(step).await;
            let mut done = StepReport {
                revision: step.revision.clone(),
                direction: step.direction,
                state: StepState::Done,
                late: step.late,
                irreversible: step.irreversible(),
                statements: Vec::new(),
                duration_ms: started.elapsed().as_millis().try_into().unwrap_or(u64::MAX),
            };
            match outcome {
                Ok(statements) => {
                    done.statements = statements;
                    done.irreversible = done.irreversible.or(self.no_way_back.take());
                    self.observer.event(&Event::StepFinished { number, steps: total, report: &done });
                    report.steps.push(done);
                    if step.direction == Direction::Up {
                        report.batch = Some(self.batch);
                        self.batch += i64::from(self.options.batch_per_step);
                    }
                }
                Err(StepError::Interrupted { done: statements }) => {
                    done.state = StepState::Stopped;
                    self.observer.event(&Event::StepFinished { number, steps: total, report: &done });
                    let halfway = (statements > 0).then(|| (step.revision.clone(), statements));
                    return Err(RunError::Interrupted { report: Box::new(report), planned: total, halfway });
                }
                Err(error) => {
                    done.state = StepState::Failed;
                    self.observer.event(&Event::StepFinished { number, steps: total, report: &done });
                    return Err(self.failure(plan, index, error));
                }
            }
        }
        Ok(report)
    }

    async fn with_retries(&mut self, step: &Step) -> Result<Vec<String>, StepError> {
        let mut attempt = 1;
        loop {
            match self.step(step).await {
                Err(error)
                    if error.is_retryable() && attempt < self.options.attempts && !self.is_interrupted() =>
                {
                    attempt += 1;
                    let (revision, reason) = (&step.revision, error.reason());
                    self.observer.event(&Event::Retrying { revision, attempt, reason: &reason });
                    tokio::time::sleep(Duration::from_millis(200 * u64::from(attempt) + jitter(200))).await;
                    self.reload_journal().await?;
                }
                outcome => return outcome,
            }
        }
    }

    /// A failed try has left its trace in the journal: the next one must see it.
    async fn reload_journal(&mut self) -> Result<(), StepError> {
        if !self.journaled {
            return Ok(());
        }
        let loaded = load(&mut self.db, &self.names).await;
        self.loaded_journal = match loaded {
            Ok(loaded) => loaded.journal,
            Err(RunError::Database { error, .. }) => {
                return Err(StepError::Database("reading the journal", error));
            }
            Err(_) => Vec::new(),
        };
        Ok(())
    }

    async fn step(&mut self, step: &Step) -> Result<Vec<String>, StepError> {
        if std::mem::take(&mut self.session_touched) {
            self.bound_lock_waits().await?;
        }
        let transactional =
            self.db.dialect().capability().transactional_ddl && step.transaction != TransactionMode::None;
        // Compiled as a whole before any of it runs; where a former run has begun it, the tables are no longer those that
        // it starts from.
        let begun = self.has_begun(step);
        let pieces = if begun { Vec::new() } else { prepare(&mut self.db, &step.operations).await? };
        let family = self.db.dialect().capability().family;
        let mut outside = begun || pieces.iter().any(|(_, piece)| leaves_transaction(piece));
        for operation in &step.operations {
            operation.each(family, &mut |operation| outside |= matches!(operation, Operation::Batched(_)));
        }
        refuse_split(&**self.db.dialect(), step.transaction, &step.operations, &pieces)
            .map_err(StepError::Compile)?;
        if transactional {
            refuse_own_transaction(&**self.db.dialect(), &pieces).map_err(StepError::Compile)?;
        }
        let in_transaction = transactional && !outside;
        self.began = Instant::now();
        self.journaled = !in_transaction;
        self.refuse_lost_values(step).await?;
        self.undo = self.way_back(step, begun, !in_transaction).await?;
        let statements = if in_transaction {
            self.transactional(step, pieces).await?
        } else {
            self.journaled(step).await?
        };
        self.remember(step);
        for operation in &step.operations {
            operation.each(family, &mut |operation| self.session_touched |= may_touch_session(operation));
        }
        Ok(statements)
    }

    /// Whether a former run has begun the step.
    pub(super) fn has_begun(&self, step: &Step) -> bool {
        let name = step.journal_name();
        self.loaded_journal.iter().any(|row| row.revision == name.as_str())
    }

    /// Bounds how long a statement waits for locks, for the session.
    async fn bound_lock_waits(&mut self) -> Result<(), StepError> {
        match self.sql().lock_timeout(self.options.lock_wait.as_millis()) {
            Some(sql) => self.execute("bounding the wait for locks", &sql).await,
            None => Ok(()),
        }
    }

    /// What is known of the database after a step that was committed.
    fn remember(&mut self, step: &Step) {
        if let Some(raise) = &step.raises {
            return self.remember_raised(raise);
        }
        match (step.direction, &step.migration) {
            (Direction::Up, Some(migration)) => {
                self.last_seq += 1;
                self.digest.add(&migration.identity(), &Checksum::of(migration));
            }
            _ => {
                if let Some(at) = self.loaded.rows.iter().position(|row| row.revision == step.revision) {
                    let row = self.loaded.rows.remove(at);
                    self.digest.remove(row.identity(), &row.checksum);
                }
                self.last_seq = self.loaded.last_seq();
            }
        }
    }

    /// The row of a stub has the text of a later version.
    fn remember_raised(&mut self, raise: &Raise) {
        let Some(row) = self.loaded.rows.iter_mut().find(|row| row.revision == raise.row) else { return };
        row.tool_version = versions(Some(&raise.version));
        if let Some(checksum) = &raise.checksum {
            self.digest.remove(row.identity(), &row.checksum);
            row.checksum = checksum.clone();
            self.digest.add(row.identity(), &row.checksum);
        }
    }

    /// The statements that record a step: its row, and an empty journal.
    pub(super) fn bookkeeping(&self, step: &Step) -> Vec<String> {
        let sql = self.sql();
        let mut statements = Vec::with_capacity(3);
        match (step.direction, &step.migration) {
            _ if step.raises.is_some() => {
                statements.extend(step.raises.iter().map(|raise| sql.raise_history(&self.names, raise)));
            }
            (Direction::Up, Some(migration)) => {
                let checksum = Checksum::of(migration);
                let row = NewRow {
                    revision: step.revision.clone(),
                    seq: self.last_seq + 1,
                    batch: Some(self.batch),
                    line: migration.line.to_string(),
                    origin: migration.origin.as_ref().map(ToString::to_string),
                    checksum,
                    stamped: false,
                    undo: self.undo.clone(),
                    package_version: migration.in_place.as_ref().map(|of| of.version.clone()),
                };
                // The server's clock of a transaction knows only the last of several.
                let duration = match self.journaled && sql.begin_timing().is_none() {
                    true => self.began.elapsed().as_millis().to_string(),
                    false => sql.duration(now_ms()),
                };
                statements.push(sql.insert_history(&self.names, &row, &duration));
            }
            _ => {
                statements.push(sql.delete_history(&self.names, step.revision.as_str()));
            }
        }
        if !self.loaded_journal.is_empty() || self.journaled {
            statements.push(sql.delete_steps(&self.names, step.journal_name().as_str()));
        }
        statements
    }

    fn failure(&self, plan: &Plan, index: usize, error: StepError) -> RunError {
        let step = &plan.steps[index];
        let path = step.migration.as_ref().and_then(|migration| migration.path.clone());
        let revision = step.revision.clone();
        match error {
            StepError::Refused(refusal) => {
                let Refusal { statement, code, hook, mut error, after, leftover } = *refusal;
                let sql = statement.as_ref().map(|statement| statement.sql.as_str());
                if let Some(advice) = sql.and_then(|sql| advice(&**self.db.dialect(), &error, sql)) {
                    error.detail =
                        Some(error.detail.map_or(advice.to_owned(), |said| format!("{said}\n{advice}")));
                }
                let names = |steps: &[Step]| -> Vec<RevisionId> {
                    steps.iter().map(|s| s.revision.clone()).collect()
                };
                let file = statement.as_ref().and_then(|statement| statement.file.as_ref());
                RunError::Failed(Box::new(Failure {
                    revision,
                    direction: step.direction,
                    path: file.map(PathBuf::from).or(path),
                    line: statement.as_ref().and_then(|statement| statement.line),
                    code,
                    hook,
                    statement: statement.map(|statement| statement.sql).unwrap_or_default(),
                    error,
                    after,
                    leftover,
                    done: names(&plan.steps[..index]),
                    left: names(&plan.steps[index + 1..]),
                }))
            }
            StepError::Compile(error) => RunError::Compile { revision, path, error },
            StepError::Database(doing, error) => RunError::Database { doing: doing.into(), error },
            StepError::LostLock => RunError::LostLock { revision },
            StepError::EditedHalfway(number, statement) => {
                RunError::EditedHalfway { revision, direction: step.direction, path, number, statement }
            }
            StepError::NeedsPerson(number, statement) => {
                RunError::NeedsPerson { revision, number, statement }
            }
            StepError::ForeignKeys { child, parent } => RunError::ForeignKeyCheck { revision, child, parent },
            StepError::LostValues { table, column } => RunError::LostValues { revision, path, table, column },
            StepError::Interrupted { .. } => {
                RunError::Interrupted { report: Box::default(), planned: plan.steps.len(), halfway: None }
            }
        }
    }
}

/// Whether an operation may have changed the bound on waits of the session: code, and SQL that speaks of such things.
fn may_touch_session(operation: &Operation) -> bool {
    match operation {
        Operation::Data(_) | Operation::Batched(_) => true,
        Operation::Sql(step) => step.texts.iter().any(|(_, text)| {
            let text = text.to_ascii_lowercase();
            ["timeout", "reset", "discard"].iter().any(|word| text.contains(word))
        }),
        _ => false,
    }
}

fn now_ms() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_millis());
    now.try_into().unwrap_or(i64::MAX)
}
