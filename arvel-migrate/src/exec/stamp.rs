//! Writing the history without running anything: stamps, and the tables themselves.
//!
//! A stamp is one transaction on every database: all of its rows, or none.

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use super::{
    Observer, RunError, RunOptions, Target,
    hooks::Moment,
    packet,
    run::{Run, connect, glance, load},
};
use crate::{
    db::Db,
    dialect::{BoxFuture, DriverError, ErrorKind},
    graph::Graph,
    history::{BookkeepingNames, Loaded, NewRow, SetDigest},
    lock::jitter,
    migration::{Checksum, RevisionId},
    plan::StampPlan,
};

/// How many statements go in one packet: a stamp of ten thousand revisions stays below what servers take at once.
const PACKET: usize = 200;

/// Plans a stamp of what is known of the database, and writes it under the lock. Nothing to write means no lock and no
/// table.
pub(crate) fn stamp<'a, E: From<RunError> + Send + 'a>(
    target: Target<'a>,
    options: &'a RunOptions,
    observer: &'a dyn Observer,
    graph: &'a Graph,
    purge: bool,
    planner: &'a (dyn Fn(&Loaded) -> Result<StampPlan, E> + Send + Sync),
) -> BoxFuture<'a, Result<StampPlan, E>> {
    Box::pin(async move {
        let mut db = connect(&target, options).await?;
        if let Some(loaded) = glance(&mut db, target.names).await? {
            let plan = planner(&loaded)?;
            if plan.is_empty() {
                let _ = db.into_connection().close().await;
                return Ok(plan);
            }
        }
        let mut run = Run::locked(&target, db, options, observer).await?;
        let outcome = run.stamp_locked(graph, purge, planner).await;
        run.finish().await;
        outcome
    })
}

/// Makes what is missing of the tables, under the lock. Answers whether anything was.
pub(crate) fn install<'a>(
    target: Target<'a>,
    options: &'a RunOptions,
    observer: &'a dyn Observer,
) -> BoxFuture<'a, Result<bool, RunError>> {
    Box::pin(async move {
        let mut db = connect(&target, options).await?;
        if let Some(loaded) = glance(&mut db, target.names).await?
            && is_complete(&mut db, target.names, &loaded).await?
        {
            let _ = db.into_connection().close().await;
            return Ok(false);
        }
        let mut run = Run::locked(&target, db, options, observer).await?;
        let outcome = run.install_locked().await;
        run.finish().await;
        outcome
    })
}

/// Whether all tables are there.
pub(crate) async fn is_complete(
    db: &mut Db,
    names: &BookkeepingNames,
    loaded: &Loaded,
) -> Result<bool, RunError> {
    if !loaded.initialized {
        return Ok(false);
    }
    let dialect = db.dialect().clone();
    for table in names.all() {
        let table = dialect.bookkeeping().table(names, &table);
        match db.connection().query(&format!("SELECT 1 FROM {table} WHERE 1 = 0")).await {
            Ok(_) => {}
            Err(error) if error.kind == ErrorKind::MissingTable => return Ok(false),
            Err(error) => return Err(RunError::database("looking for the migration tables")(error)),
        }
    }
    Ok(true)
}

impl Run<'_> {
    async fn install_locked(&mut self) -> Result<bool, RunError> {
        if self.db.dialect().capability().file_database {
            // The glance before the lock has left a short one.
            self.bound_waits().await?;
        }
        self.loaded = load(&mut self.db, &self.names).await?;
        if is_complete(&mut self.db, &self.names.clone(), &self.loaded).await? {
            return Ok(false);
        }
        // One of them may be there without the others.
        self.loaded.initialized = false;
        self.enter("make the migration tables").await?;
        Ok(true)
    }

    async fn stamp_locked<E: From<RunError>>(
        &mut self,
        graph: &Graph,
        purge: bool,
        planner: &(dyn Fn(&Loaded) -> Result<StampPlan, E> + Send + Sync),
    ) -> Result<StampPlan, E> {
        if self.db.dialect().capability().file_database {
            self.bound_waits().await?;
        }
        self.loaded = load(&mut self.db, &self.names).await?;
        let mut plan = planner(&self.loaded)?;
        if plan.is_empty() {
            return Ok(plan);
        }
        self.enter("stamp").await?;
        if self.lease.as_ref().is_some_and(|lease| lease.taken_over) {
            // What the vanished holder had sent ran on at the server: the plan is made again of what it left.
            plan = planner(&self.loaded)?;
        }
        if !plan.is_empty() {
            self.write_stamp(graph, purge, &plan).await?;
        }
        Ok(plan)
    }

    /// Writes a stamp, again when the database asks for it.
    async fn write_stamp(&mut self, graph: &Graph, purge: bool, plan: &StampPlan) -> Result<(), RunError> {
        let packets = self.stamp_packets(graph, purge, plan);
        self.began = Instant::now();
        self.around_stamps_run(Moment::Before, plan).await?;
        let mut attempt = 1;
        loop {
            let Err(unwritten) = self.send_stamp(&packets, graph, plan).await else {
                return self.around_stamps_run(Moment::After, plan).await;
            };
            let _ = self.db.connection().execute("ROLLBACK").await;
            let (at_the_lock, error) = match unwritten {
                Unwritten::Refused(error) => return Err(error),
                Unwritten::Database { at_the_lock, error } => (at_the_lock, error),
            };
            if error.kind == ErrorKind::Retryable && attempt < self.options.attempts {
                attempt += 1;
                tokio::time::sleep(Duration::from_millis(200 * u64::from(attempt) + jitter(200))).await;
                continue;
            }
            let retryable = matches!(error.kind, ErrorKind::Retryable | ErrorKind::Unreachable);
            return Err(match plan.add.first().or(plan.remove.first()).or(plan.settle.first()) {
                Some(revision) if at_the_lock && !retryable => {
                    RunError::LostLock { revision: revision.clone() }
                }
                _ => RunError::Database { doing: "writing the history; no row was changed".into(), error },
            });
        }
    }

    /// Sends the packets, with the hooks of all rows before and behind what is written.
    async fn send_stamp(
        &mut self,
        packets: &Packets,
        graph: &Graph,
        plan: &StampPlan,
    ) -> Result<(), Unwritten> {
        let failed = |at_the_lock| move |error| Unwritten::Database { at_the_lock, error };
        let first = self.db.connection().packet(&packet::text(&packets.first)).await;
        first.map_err(|error| failed(error.completed > 0)(error.error))?;
        self.around_stamp(Moment::Before, graph, plan).await.map_err(Unwritten::Refused)?;
        for some in packets.between.chunks(PACKET) {
            let sent = self.db.connection().packet(&packet::text(some)).await;
            sent.map_err(|error| failed(false)(error.error))?;
        }
        self.around_stamp(Moment::After, graph, plan).await.map_err(Unwritten::Refused)?;
        // The fence stands first, the commit last.
        let last = self.db.connection().packet(&packet::text(&packets.last)).await;
        last.map_err(|error| failed(packets.last.len() > 1)(error.error))
    }

    fn stamp_packets(&self, graph: &Graph, purge: bool, plan: &StampPlan) -> Packets {
        let sql = self.sql();
        let mut first = vec![self.db.dialect().capability().begin.to_owned()];
        first.extend(sql.assert_last_seq(&self.names, self.last_seq));

        let mut between = if purge { sql.clear(&self.names) } else { Vec::new() };
        let mut digest = SetDigest::default();
        let mut seq = 0;
        if !purge {
            between.extend(plan.remove.iter().map(|gone| sql.delete_history(&self.names, gone.as_str())));
            between.extend(plan.settle.iter().map(|begun| sql.delete_steps(&self.names, begun.as_str())));
            let gone: HashSet<&RevisionId> = plan.remove.iter().collect();
            for row in self.loaded.rows.iter().filter(|row| !gone.contains(&row.revision)) {
                digest.add(row.identity(), &row.checksum);
                seq = seq.max(row.seq);
            }
        }
        for row in plan.add.iter().filter_map(|revision| new_row(graph, revision)) {
            seq += 1;
            let row = NewRow { seq, ..row };
            digest.add(row.identity(), &row.checksum);
            between.push(sql.insert_history(&self.names, &row, "0"));
        }
        between.push(sql.set_digest(&self.names, &digest.text()));

        let last = self.fence().into_iter().chain(["COMMIT".to_owned()]).collect();
        Packets { first, between, last }
    }
}

/// A stamp as it is sent.
struct Packets {
    first: Vec<String>,
    between: Vec<String>,
    last: Vec<String>,
}

/// Why a stamp was not written.
enum Unwritten {
    /// A hook refused.
    Refused(RunError),
    /// The database did, or what holds the lock.
    Database { at_the_lock: bool, error: DriverError },
}

/// The row of a stamped revision, without its place.
fn new_row(graph: &Graph, revision: &RevisionId) -> Option<NewRow> {
    let migration = graph.get(revision)?;
    Some(NewRow {
        revision: revision.clone(),
        seq: 0,
        batch: None,
        line: migration.line.to_string(),
        origin: migration.origin.as_ref().map(ToString::to_string),
        checksum: Checksum::of(migration),
        stamped: true,
        undo: None,
        package_version: migration.in_place.as_ref().map(|of| of.version.clone()),
    })
}
