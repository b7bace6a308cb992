//! The run: lock, re-read, plan again if the history moved, step by step, always unlock.

use std::time::{Duration, Instant};

use arvel_core::{Environment, Shutdown};

use super::{Observer, RunError, RunReport, packet};
use crate::{
    DatabaseIdentity, Given, Hooks,
    db::Db,
    dialect::{BoxFuture, Driver, ErrorKind, PacketError, SharedDialect},
    history::{BookkeepingNames, BookkeepingSql, JournalRow, Loaded, SetDigest, store},
    lock::{Lease, LockOptions, SessionLock},
    operation::Operation,
    plan::{Plan, PlanError},
    schema::DatabaseSchema,
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
    pub(crate) hooks: &'a Hooks,
    pub(crate) given: &'a Given,
    pub(crate) database: DatabaseIdentity,
}

/// Makes a plan of what is known of the database: asked before the lock, and again under it when the history moved.
pub(crate) type Planner<'a> = dyn Fn(&Loaded) -> Result<Plan, PlanError> + Send + Sync + 'a;

/// A run under way. The lock is held.
pub(super) struct Run<'a> {
    pub(super) db: Db,
    pub(super) names: BookkeepingNames,
    pub(super) options: &'a RunOptions,
    pub(super) observer: &'a dyn Observer,
    pub(super) hooks: &'a Hooks,
    pub(super) given: &'a Given,
    pub(super) database: DatabaseIdentity,
    /// The number of the present step, and of all.
    pub(super) place: (usize, usize),
    pub(super) epoch: i64,
    pub(super) last_seq: i64,
    pub(super) loaded_journal: Vec<JournalRow>,
    /// Whether a migration may have changed what the session was told.
    pub(super) session_touched: bool,
    /// Whether the present step is journaled.
    pub(super) journaled: bool,
    /// When the present step began.
    pub(super) began: Instant,
    /// The way back that the row of the present step will keep.
    pub(super) undo: Option<String>,
    /// Why the present step has none, where only a look at the database could tell.
    pub(super) no_way_back: Option<String>,
    lock: SessionLock,
    pub(super) lease: Option<Lease>,
    session: Option<String>,
    pub(super) loaded: Loaded,
    pub(super) digest: SetDigest,
    pub(super) batch: i64,
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
        if let Some(loaded) = glance(&mut db, target.names).await?
            && planner(&loaded)?.steps.is_empty()
        {
            let _ = db.into_connection().close().await;
            return Ok(RunReport::default());
        }
        let mut run = Run::locked(&target, db, options, observer).await?;
        let outcome = run.run_locked(planner).await;
        run.finish().await;
        outcome
    })
}

/// Refuses SQL that can not be split, before anything of the plan runs. What needs a table is known only at its turn.
fn check_sql(dialect: &SharedDialect, plan: &Plan) -> Result<(), RunError> {
    for step in &plan.steps {
        let mut texts = Vec::new();
        for operation in &step.operations {
            operation.each(dialect.capability().family, &mut |operation| {
                texts.extend(matches!(operation, Operation::Sql(_)).then_some(operation));
            });
        }
        for operation in texts {
            dialect.compile(operation, &DatabaseSchema::default()).map_err(|error| RunError::Compile {
                revision: step.revision.clone(),
                path: step.migration.as_ref().and_then(|migration| migration.path.clone()),
                error,
            })?;
        }
    }
    Ok(())
}

pub(super) async fn connect(target: &Target<'_>, options: &RunOptions) -> Result<Db, RunError> {
    let connected = target.driver.connect(target.url, options.create).await;
    let (connection, dialect) = connected.map_err(RunError::connecting(target.url))?;
    Ok(Db::new(connection, dialect))
}

pub(super) async fn load(db: &mut Db, names: &BookkeepingNames) -> Result<Loaded, RunError> {
    let dialect = db.dialect().clone();
    let loaded = store::load(db.connection(), dialect.bookkeeping(), names).await;
    loaded.map_err(RunError::database("reading the history"))
}

/// Reads the history before the lock; `None` when a migrator at work keeps it from being read, as a big transaction
/// does in a file database: then the lock is what to wait for.
pub(super) async fn glance(db: &mut Db, names: &BookkeepingNames) -> Result<Option<Loaded>, RunError> {
    if db.dialect().capability().file_database
        && let Some(bound) = db.dialect().bookkeeping().lock_timeout(GLANCE.as_millis())
    {
        let bounded = db.connection().execute(&bound).await;
        bounded.map_err(RunError::database("bounding the wait for locks"))?;
    }
    match load(db, names).await {
        Err(RunError::Database { error, .. }) if error.kind == ErrorKind::Retryable => Ok(None),
        loaded => loaded.map(Some),
    }
}

/// How long a glance at a file database waits for a writer.
const GLANCE: Duration = Duration::from_millis(250);

impl<'a> Run<'a> {
    pub(super) async fn locked(
        target: &Target<'a>,
        db: Db,
        options: &'a RunOptions,
        observer: &'a dyn Observer,
    ) -> Result<Self, RunError> {
        let acquired = SessionLock::acquire(target.driver, target.url, target.names, options.lock, observer);
        // Dropped while it waits, it holds nothing: the connection or the file that would hold it goes too.
        let lock = tokio::select! {
            biased;
            acquired = acquired => acquired?,
            () = stop_requested(options) => {
                return Err(RunError::Interrupted { report: Box::default(), planned: 0, halfway: None });
            }
        };
        Ok(Self {
            db,
            names: target.names.clone(),
            options,
            observer,
            hooks: target.hooks,
            given: target.given,
            database: target.database.clone(),
            place: (0, 0),
            epoch: 0,
            last_seq: 0,
            loaded_journal: Vec::new(),
            session_touched: false,
            journaled: false,
            began: Instant::now(),
            undo: None,
            no_way_back: None,
            lock,
            lease: None,
            session: None,
            loaded: Loaded::default(),
            digest: SetDigest::default(),
            batch: 0,
        })
    }

    /// Gives back everything that is held, however the run ended.
    pub(super) async fn finish(mut self) {
        let dialect = self.db.dialect().clone();
        if let Some(lease) = self.lease.take() {
            lease.release(self.db.connection(), dialect.bookkeeping(), &self.names).await;
        }
        self.lock.release().await;
        let _ = self.db.into_connection().close().await;
    }

    async fn run_locked(&mut self, planner: &Planner<'_>) -> Result<RunReport, RunError> {
        if self.db.dialect().capability().file_database {
            // The glance before the lock has left a short one.
            self.bound_waits().await?;
        }
        self.loaded = load(&mut self.db, &self.names).await?;
        let plan = planner(&self.loaded)?;
        if plan.steps.is_empty() {
            return Ok(RunReport::default());
        }
        check_sql(self.db.dialect(), &plan)?;
        self.enter(&note(&plan)).await?;
        let taken_over = self.lease.as_ref().is_some_and(|lease| lease.taken_over);
        // What the vanished holder had sent ran on at the server: the plan is made again of what it left.
        let plan = if taken_over { planner(&self.loaded)? } else { plan };
        if plan.steps.is_empty() {
            return Ok(RunReport::default());
        }
        self.steps(plan).await
    }

    /// Makes the tables, takes the lease, and takes stock.
    pub(super) async fn enter(&mut self, note: &str) -> Result<(), RunError> {
        self.prepare_tables().await?;
        self.bound_waits().await?;
        if let Some(shutdown) = self.options.shutdown.clone() {
            let stop = Box::new(move || shutdown.is_requested());
            let told = self.db.connection().give_up_when(stop).await;
            told.map_err(RunError::database("preparing to be stopped"))?;
        }
        let dialect = self.db.dialect().clone();
        let sql = dialect.bookkeeping();
        self.lease = Lease::take(self.db.connection(), sql, &self.names, self.options.lock, note).await?;
        if let Some(lease) = &self.lease {
            self.epoch = lease.epoch;
            self.session = Some(lease.session.clone());
            if lease.taken_over {
                self.loaded = load(&mut self.db, &self.names).await?;
            }
        }
        self.digest = self.loaded.digest();
        self.last_seq = self.loaded.last_seq();
        self.batch = self.loaded.last_batch() + 1;
        self.loaded_journal = self.loaded.journal.clone();
        Ok(())
    }

    pub(super) async fn bound_waits(&mut self) -> Result<(), RunError> {
        let Some(bound) = self.sql().lock_timeout(self.options.lock_wait.as_millis()) else { return Ok(()) };
        let done = self.db.connection().execute(&bound).await;
        done.map(drop).map_err(RunError::database("bounding the wait for locks"))
    }

    async fn prepare_tables(&mut self) -> Result<(), RunError> {
        let dialect = self.db.dialect().clone();
        let sql = dialect.bookkeeping();
        if !self.loaded.initialized {
            // One packet: every statement of it may be run again, so it does not matter where it is cut off.
            let create = packet::text(&sql.create(&self.names));
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

    pub(super) fn sql(&self) -> &dyn BookkeepingSql {
        self.db.dialect().bookkeeping()
    }

    pub(super) fn fence(&self) -> Option<String> {
        self.sql().fence(&self.names, self.epoch)
    }

    pub(super) fn is_interrupted(&self) -> bool {
        self.options.shutdown.as_ref().is_some_and(Shutdown::is_requested)
    }

    /// Sends a packet. A request to stop cancels one that rolls back, at the server; what commits by itself is finished,
    /// unless the request is repeated.
    pub(super) async fn send(&mut self, text: &str, rolls_back: bool) -> Result<(), PacketError> {
        let Some(shutdown) = self.options.shutdown.clone() else {
            return self.db.connection().packet(text).await;
        };
        let cancel =
            self.session.as_deref().and_then(|session| self.db.dialect().bookkeeping().cancel(session));
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
}

/// Waits until a stop is requested: for ever, when nobody can.
async fn stop_requested(options: &RunOptions) {
    match &options.shutdown {
        Some(shutdown) => shutdown.requested().await,
        None => std::future::pending().await,
    }
}

fn note(plan: &Plan) -> String {
    let Some(first) = plan.steps.first() else { return String::new() };
    match plan.steps.len() {
        1 => format!("{} {}", first.direction.as_str(), first.revision),
        more => format!("{} {} and {} more", first.direction.as_str(), first.revision, more - 1),
    }
}
