//! The run: lock, re-read, plan again if the history moved, step by step, always unlock.

use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use arvel_core::{Environment, Shutdown};

use super::{
    Event, Failure, Observer, RunError, RunReport, StepReport, StepState,
    prepare::{Piece, prepare},
    step::{Refusal, StepError},
    transaction::SEPARATOR,
};
use crate::{
    db::Db,
    dialect::{BoxFuture, Driver, PacketError},
    history::{BookkeepingNames, BookkeepingSql, JournalRow, Loaded, NewRow, SetDigest, store},
    lock::{Lease, LockOptions, SessionLock, jitter},
    migration::{Checksum, RevisionId, TransactionMode},
    plan::{Direction, Plan, PlanError, Step},
    url::DatabaseUrl,
};

/// How a run behaves.
#[derive(Clone)]
pub struct RunOptions {
    /// The wait for another migrator.
    pub lock: LockOptions,
    /// How long a single statement waits for locks of the database.
    pub lock_wait: Duration,
    /// How often a step is tried when the database asks to try again.
    pub attempts: u32,
    /// Each revision gets a batch of its own.
    pub batch_per_step: bool,
    /// Stops the run on request.
    pub shutdown: Option<Shutdown>,
    /// The environment that is stamped into the database by the first run.
    pub environment: Option<Environment>,
    /// Whether a missing file database is created.
    pub create: bool,
}

impl Default for RunOptions {
    fn default() -> Self {
        Self {
            lock: LockOptions::default(),
            lock_wait: Duration::from_secs(10),
            attempts: 4,
            batch_per_step: false,
            shutdown: None,
            environment: None,
            create: true,
        }
    }
}

/// Where a run works.
pub(crate) struct Target<'a> {
    pub(crate) driver: &'static dyn Driver,
    pub(crate) url: &'a DatabaseUrl,
    pub(crate) names: &'a BookkeepingNames,
}

/// Makes a plan of what is known of the database: asked before the lock, and again under it when the history moved.
pub(crate) type Planner<'a> = dyn Fn(&Loaded) -> Result<Plan, PlanError> + Send + Sync + 'a;

/// A run under way. The lock is held.
pub(super) struct Run<'a> {
    pub(super) db: Db,
    pub(super) names: BookkeepingNames,
    pub(super) options: &'a RunOptions,
    pub(super) observer: &'a dyn Observer,
    pub(super) epoch: i64,
    pub(super) last_seq: i64,
    pub(super) loaded_journal: Vec<JournalRow>,
    lock: SessionLock,
    lease: Option<Lease>,
    session: Option<String>,
    loaded: Loaded,
    digest: SetDigest,
    batch: i64,
}

/// Plans and runs. Nothing to do means no lock, no table and no write.
pub(crate) fn run<'a>(
    target: Target<'a>,
    options: &'a RunOptions,
    observer: &'a dyn Observer,
    planner: &'a Planner<'a>,
) -> BoxFuture<'a, Result<RunReport, RunError>> {
    // Boxed: inlined, the futures below overflow a thread's stack in debug builds.
    Box::pin(async move {
        let mut db = connect(&target, options).await?;
        let loaded = load(&mut db, target.names).await?;
        if planner(&loaded)?.steps.is_empty() {
            let _ = db.into_connection().close().await;
            return Ok(RunReport::default());
        }
        let mut run = Run::locked(&target, db, options, observer).await?;
        let outcome = run.run_locked(planner).await;
        run.finish().await;
        outcome
    })
}

/// Empties the schema of everything but the bookkeeping, and the history with it. Answers with the statements.
pub(crate) fn wipe<'a>(
    target: Target<'a>,
    options: &'a RunOptions,
    observer: &'a dyn Observer,
    all: bool,
) -> BoxFuture<'a, Result<Vec<String>, RunError>> {
    Box::pin(async move {
        let db = connect(&target, options).await?;
        let mut run = Run::locked(&target, db, options, observer).await?;
        let outcome = run.wipe_locked(all).await;
        run.finish().await;
        outcome
    })
}

async fn connect(target: &Target<'_>, options: &RunOptions) -> Result<Db, RunError> {
    let connected = target.driver.connect(target.url, options.create).await;
    let (connection, dialect) = connected.map_err(RunError::database("connecting"))?;
    Ok(Db::new(connection, dialect))
}

async fn load(db: &mut Db, names: &BookkeepingNames) -> Result<Loaded, RunError> {
    let dialect = db.dialect().clone();
    let loaded = store::load(db.connection(), dialect.bookkeeping(), names).await;
    loaded.map_err(RunError::database("reading the history"))
}

impl<'a> Run<'a> {
    async fn locked(
        target: &Target<'_>,
        db: Db,
        options: &'a RunOptions,
        observer: &'a dyn Observer,
    ) -> Result<Self, RunError> {
        let lock =
            SessionLock::acquire(target.driver, target.url, target.names, options.lock, observer).await?;
        Ok(Self {
            db,
            names: target.names.clone(),
            options,
            observer,
            epoch: 0,
            last_seq: 0,
            loaded_journal: Vec::new(),
            lock,
            lease: None,
            session: None,
            loaded: Loaded::default(),
            digest: SetDigest::default(),
            batch: 0,
        })
    }

    /// Gives back everything that is held, however the run ended.
    async fn finish(mut self) {
        let dialect = self.db.dialect().clone();
        if let Some(lease) = self.lease.take() {
            lease.release(self.db.connection(), dialect.bookkeeping(), &self.names).await;
        }
        self.lock.release().await;
        let _ = self.db.into_connection().close().await;
    }

    async fn run_locked(&mut self, planner: &Planner<'_>) -> Result<RunReport, RunError> {
        self.loaded = load(&mut self.db, &self.names).await?;
        let plan = planner(&self.loaded)?;
        if plan.steps.is_empty() {
            return Ok(RunReport::default());
        }
        self.enter(&note(&plan)).await?;
        self.steps(plan).await
    }

    /// Makes the tables, takes the lease, and takes stock.
    async fn enter(&mut self, note: &str) -> Result<(), RunError> {
        self.prepare_tables().await?;
        let dialect = self.db.dialect().clone();
        let sql = dialect.bookkeeping();
        if let Some(bound) = sql.lock_timeout(self.options.lock_wait.as_millis()) {
            self.db
                .connection()
                .execute(&bound)
                .await
                .map_err(RunError::database("bounding the wait for locks"))?;
        }
        self.lease = Lease::take(self.db.connection(), sql, &self.names, self.options.lock, note).await?;
        if let Some(lease) = &self.lease {
            self.epoch = lease.epoch;
            self.session = Some(lease.session.clone());
        }
        self.digest = self.loaded.digest();
        self.last_seq = self.loaded.last_seq();
        self.batch = self.loaded.last_batch() + 1;
        self.loaded_journal = std::mem::take(&mut self.loaded.journal);
        Ok(())
    }

    async fn wipe_locked(&mut self, all: bool) -> Result<Vec<String>, RunError> {
        self.loaded = load(&mut self.db, &self.names).await?;
        self.enter("wipe").await?;
        let dialect = self.db.dialect().clone();
        let doing = RunError::database("finding what to drop");
        let keep = self.names.all();
        let mut statements = dialect.wipe(self.db.connection(), &keep).await.map_err(doing)?;
        let shown: Vec<String> = statements.iter().map(|statement| statement.sql.clone()).collect();
        if all {
            for table in &keep {
                let table = dialect.bookkeeping().table(&self.names, table);
                statements.push(crate::dialect::Statement::new(format!("DROP TABLE {table}")));
            }
            // Its row goes with its table.
            self.lease = None;
        } else {
            let clear = dialect.bookkeeping().clear(&self.names);
            statements.extend(clear.into_iter().map(crate::dialect::Statement::new));
        }
        self.all_at_once(statements).await?;
        Ok(shown)
    }

    /// Runs statements in one transaction where the database can, else one by one.
    async fn all_at_once(&mut self, statements: Vec<crate::dialect::Statement>) -> Result<(), RunError> {
        let capability = self.db.dialect().capability().clone();
        let switch = capability.foreign_key_switch;
        let switch = switch.filter(|_| statements.iter().any(|statement| statement.needs_foreign_keys_off));
        let mut batch: Vec<String> = Vec::with_capacity(statements.len() + 4);
        batch.extend(switch.map(|switch| switch.off.to_owned()));
        if capability.transactional_ddl {
            batch.push(capability.begin.to_owned());
        }
        batch.extend(statements.into_iter().map(|statement| statement.sql));
        if capability.transactional_ddl {
            batch.push("COMMIT".to_owned());
        }
        for sql in batch {
            if let Err(error) = self.db.connection().execute(&sql).await {
                let _ = self.db.connection().execute("ROLLBACK").await;
                return Err(RunError::Database { doing: "dropping", error });
            }
        }
        if let Some(switch) = switch {
            let on = self.db.connection().execute(switch.on).await;
            on.map_err(RunError::database("switching foreign keys on"))?;
        }
        Ok(())
    }

    async fn prepare_tables(&mut self) -> Result<(), RunError> {
        let dialect = self.db.dialect().clone();
        let sql = dialect.bookkeeping();
        if !self.loaded.initialized {
            // One packet: every statement of it may be run again, so it does not matter where it is cut off.
            let create = sql.create(&self.names).join(SEPARATOR);
            let done = self.db.connection().packet(&create).await;
            done.map_err(|failed| RunError::database("creating the migration tables")(failed.error))?;
        }
        if let (None, Some(environment)) = (&self.loaded.environment, self.options.environment) {
            let stamp = sql.set_meta(&self.names, "environment", environment.as_str());
            let done = self.db.connection().execute(&stamp).await;
            done.map_err(RunError::database("stamping the environment"))?;
        }
        Ok(())
    }

    async fn steps(&mut self, plan: Plan) -> Result<RunReport, RunError> {
        let mut report = RunReport::default();
        let total = plan.steps.len();
        self.observer.event(&Event::Started { steps: total });
        for (index, step) in plan.steps.iter().enumerate() {
            if self.is_interrupted() {
                return Err(RunError::Interrupted { report: Box::new(report), planned: total });
            }
            let number = index + 1;
            let (revision, direction) = (&step.revision, step.direction);
            self.observer.event(&Event::StepStarted { number, steps: total, revision, direction });
            let started = Instant::now();
            let outcome = self.with_retries(step).await;
            let mut done = StepReport {
                revision: step.revision.clone(),
                direction: step.direction,
                state: StepState::Done,
                late: step.late,
                statements: Vec::new(),
                duration_ms: started.elapsed().as_millis().try_into().unwrap_or(u64::MAX),
            };
            match outcome {
                Ok(statements) => {
                    done.statements = statements;
                    self.observer.event(&Event::StepFinished { number, steps: total, report: &done });
                    report.steps.push(done);
                    if step.direction == Direction::Up {
                        report.batch = Some(self.batch);
                        self.batch += i64::from(self.options.batch_per_step);
                    }
                }
                Err(StepError::Interrupted) => {
                    done.state = StepState::Failed;
                    self.observer.event(&Event::StepFinished { number, steps: total, report: &done });
                    return Err(RunError::Interrupted { report: Box::new(report), planned: total });
                }
                Err(error) => {
                    done.state = StepState::Failed;
                    self.observer.event(&Event::StepFinished { number, steps: total, report: &done });
                    return Err(self.failure(&plan, index, error));
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
                    self.reload_journal(step).await?;
                }
                outcome => return outcome,
            }
        }
    }

    /// A failed try has left its trace in the journal: the next one must see it.
    async fn reload_journal(&mut self, step: &Step) -> Result<(), StepError> {
        if self.db.dialect().capability().transactional_ddl
            && step.transaction == TransactionMode::PerMigration
        {
            return Ok(());
        }
        let loaded = load(&mut self.db, &self.names).await;
        self.loaded_journal = match loaded {
            Ok(loaded) => loaded.journal,
            Err(RunError::Database { doing, error }) => return Err(StepError::Database(doing, error)),
            Err(_) => Vec::new(),
        };
        Ok(())
    }

    async fn step(&mut self, step: &Step) -> Result<Vec<String>, StepError> {
        let transactional = self.db.dialect().capability().transactional_ddl
            && step.transaction == TransactionMode::PerMigration;
        let statements = if transactional {
            let pieces = prepare(&mut self.db, &step.operations).await?;
            let outside = pieces.iter().any(
                |(_, piece)| matches!(piece, Piece::Statement(s) if s.transaction == TransactionMode::None),
            );
            if outside { self.journaled(step).await? } else { self.transactional(step, pieces).await? }
        } else {
            self.journaled(step).await?
        };
        self.remember(step);
        Ok(statements)
    }

    /// What is known of the database after a step that was committed.
    fn remember(&mut self, step: &Step) {
        match (step.direction, &step.migration) {
            (Direction::Up, Some(migration)) => {
                self.last_seq += 1;
                self.digest.add(&step.revision, &Checksum::of(migration));
            }
            _ => {
                if let Some(at) = self.loaded.rows.iter().position(|row| row.revision == step.revision) {
                    let row = self.loaded.rows.remove(at);
                    self.digest.remove(&row.revision, &row.checksum);
                }
                self.last_seq = self.loaded.last_seq();
            }
        }
    }

    /// The statements that record a step: its row, the digest, and an empty journal.
    pub(super) fn bookkeeping(&self, step: &Step) -> Vec<String> {
        let sql = self.sql();
        let mut digest = self.digest;
        let mut statements = Vec::with_capacity(3);
        match (step.direction, &step.migration) {
            (Direction::Up, Some(migration)) => {
                let checksum = Checksum::of(migration);
                digest.add(&step.revision, &checksum);
                let row = NewRow {
                    revision: step.revision.clone(),
                    seq: self.last_seq + 1,
                    batch: Some(self.batch),
                    line: migration.line.to_string(),
                    origin: migration.origin.as_ref().map(ToString::to_string),
                    checksum,
                    stamped: false,
                };
                statements.push(sql.insert_history(&self.names, &row, &sql.duration(now_ms())));
            }
            _ => {
                if let Some(row) = self.loaded.rows.iter().find(|row| row.revision == step.revision) {
                    digest.remove(&row.revision, &row.checksum);
                }
                statements.push(sql.delete_history(&self.names, step.revision.as_str()));
            }
        }
        statements.push(sql.set_meta(&self.names, "digest", &digest.text()));
        if !self.loaded_journal.is_empty()
            || !self.db.dialect().capability().transactional_ddl
            || step.transaction == TransactionMode::None
        {
            statements.push(sql.delete_steps(&self.names, step.revision.as_str()));
        }
        statements
    }

    pub(super) fn sql(&self) -> &dyn BookkeepingSql {
        self.db.dialect().bookkeeping()
    }

    pub(super) fn fence(&self) -> Option<String> {
        self.sql().fence(&self.names, self.epoch)
    }

    pub(super) fn is_interrupted(&self) -> bool {
        self.options.shutdown.as_ref().is_some_and(Shutdown::is_requested)
    }

    /// Sends a packet. A request to stop cancels a transactional one at the server, so that it is rolled back; what
    /// commits by itself is finished, unless the request is repeated.
    pub(super) async fn send(&mut self, text: &str) -> Result<(), PacketError> {
        let Some(shutdown) = self.options.shutdown.clone() else {
            return self.db.connection().packet(text).await;
        };
        let cancel =
            self.session.as_deref().and_then(|session| self.db.dialect().bookkeeping().cancel(session));
        let rolls_back = self.db.dialect().capability().transactional_ddl;
        let packet = self.db.connection().packet(text);
        tokio::pin!(packet);
        tokio::select! {
            biased;
            answer = &mut packet => return answer,
            () = async { if rolls_back { shutdown.requested().await } else { shutdown.forced().await } } => {}
        }
        if let (Some(cancel), Some(side)) = (cancel, self.lock.side()) {
            let _ = side.query(&cancel).await;
        }
        packet.await
    }

    fn failure(&self, plan: &Plan, index: usize, error: StepError) -> RunError {
        let step = &plan.steps[index];
        let path = step.migration.as_ref().and_then(|migration| migration.path.clone());
        let revision = step.revision.clone();
        match error {
            StepError::Refused(refusal) => {
                let Refusal { statement, code, error, after } = *refusal;
                let names = |steps: &[Step]| -> Vec<RevisionId> {
                    steps.iter().map(|s| s.revision.clone()).collect()
                };
                RunError::Failed(Box::new(Failure {
                    revision,
                    direction: step.direction,
                    path,
                    line: statement.as_ref().and_then(|statement| statement.line),
                    code,
                    statement: statement.map(|statement| statement.sql).unwrap_or_default(),
                    error,
                    after,
                    done: names(&plan.steps[..index]),
                    left: names(&plan.steps[index + 1..]),
                }))
            }
            StepError::Compile(error) => RunError::Compile { revision, path, error },
            StepError::Database(doing, error) => RunError::Database { doing, error },
            StepError::LostLock => RunError::LostLock { revision },
            StepError::EditedHalfway(number) => RunError::EditedHalfway { revision, number },
            StepError::NeedsPerson(number, statement) => {
                RunError::NeedsPerson { revision, number, statement }
            }
            StepError::ForeignKeys { child, parent } => RunError::ForeignKeyCheck { revision, child, parent },
            StepError::Interrupted => {
                RunError::Interrupted { report: Box::default(), planned: plan.steps.len() }
            }
        }
    }
}

fn note(plan: &Plan) -> String {
    let Some(first) = plan.steps.first() else { return String::new() };
    match plan.steps.len() {
        1 => format!("{} {}", first.direction.as_str(), first.revision),
        more => format!("{} {} and {} more", first.direction.as_str(), first.revision, more - 1),
    }
}

fn now_ms() -> i64 {
    let now = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| now.as_millis());
    now.try_into().unwrap_or(i64::MAX)
}
