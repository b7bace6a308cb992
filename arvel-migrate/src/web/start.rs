//! The start of a program that applies its migrations itself.

use std::sync::Arc;

use arvel_core::{Shutdown, StartError};
use tracing::{info, warn};

use crate::{
    Error, StartState, UpgradeRequest,
    dialect::ErrorKind,
    exec::{AfterFailure, Event, Observer, RunError, StepState},
    lock::LockOptions,
    plan::{Conduct, PlanError},
    settings::{Databases, Settings},
};

/// Applies what is pending in each database. The first that can not be migrated ends the start: a program that will not
/// serve changes no more.
pub(super) async fn apply(databases: &Databases, shutdown: Shutdown) -> Result<(), StartError> {
    for settings in databases.iter() {
        apply_one(settings, shutdown.clone()).await.map_err(|error| logged(&error, settings))?;
    }
    Ok(())
}

/// Applies what is pending. When nothing is, it costs one read: no lock, no table, no write.
async fn apply_one(settings: &Settings, shutdown: Shutdown) -> Result<(), Error> {
    let mut options = settings.run_options();
    options.lock = LockOptions { timeout: settings.startup_timeout };
    options.shutdown = Some(shutdown);
    let database = &settings.name;
    let builder = settings.builder().options(options).catalog(settings.catalog(&[])?);
    let migrator = builder.observer(Arc::new(Log { database: database.clone() })).build()?;
    match migrator.start_state().await {
        // A migrator at work keeps a file database from being read: its lock is what to wait for.
        Err(Error::Run(RunError::Database { error, .. })) if error.kind == ErrorKind::Retryable => {}
        Err(error) => return Err(error),
        Ok(state) => {
            tell_differences(&state, database);
            if let Some(error) = refused(&state, settings.missing_at_start) {
                return Err(error);
            }
            if state.pending.is_empty() && state.failed.is_empty() {
                info!(database, fast = state.fast, "the database is up to date");
                return Ok(());
            }
        }
    }
    let request = UpgradeRequest { lenient: true, ..UpgradeRequest::default() };
    let report = migrator.migrate(&request).await?;
    match report.steps.len() {
        0 => info!(database, "another process has migrated"),
        count => info!(database, count, batch = report.batch, "migrated"),
    }
    Ok(())
}

/// Says once what the database has and the program has not.
pub(super) fn tell_differences(state: &StartState, database: &str) {
    let names = |revisions: &[crate::migration::RevisionId]| {
        revisions.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")
    };
    if !state.missing.is_empty() {
        warn!(database, revisions = names(&state.missing), "the database is ahead of this program; going on");
    }
    if !state.changed.is_empty() {
        warn!(database, revisions = names(&state.changed), "applied migrations were edited since; going on");
    }
}

/// The error of a start that may not go on with a database ahead of it.
pub(super) fn refused(state: &StartState, missing: Option<Conduct>) -> Option<Error> {
    if missing != Some(Conduct::Refuse) {
        return None;
    }
    if !state.missing.is_empty() {
        return Some(PlanError::Missing { revisions: state.missing.clone() }.into());
    }
    (!state.changed.is_empty()).then(|| PlanError::Changed { revisions: state.changed.clone() }.into())
}

/// An error as the card that stands in the log. One of several databases is named.
pub(super) fn logged(error: &Error, settings: &Settings) -> StartError {
    let mut message = match settings.is_one_of_several() {
        true => format!("the database `{}`: {error}", settings.name),
        false => error.to_string(),
    };
    if let Error::Run(RunError::Failed(failure)) = error {
        if let Some(path) = &failure.path {
            message.push_str(&format!("\n  file: {}", path.display()));
            if let Some(line) = failure.line {
                message.push_str(&format!(":{line}"));
            }
        }
        if !failure.statement.is_empty() {
            message.push_str(&format!("\n  statement: {}", failure.statement));
        }
        let after = match &failure.after {
            AfterFailure::RolledBack => {
                "rolled back: the schema is as it was before this migration".to_owned()
            }
            AfterFailure::Committed { statements } if statements.is_empty() => {
                "nothing of it took effect".to_owned()
            }
            AfterFailure::Committed { statements } => format!("in effect: {}", statements.join("; ")),
        };
        message.push_str(&format!("\n  state: {after}"));
        message.push_str(&format!(
            "\n  applied before it: {}; not begun: {}",
            failure.done.len(),
            failure.left.len()
        ));
    }
    if let Some(hint) = error.hint() {
        message.push_str(&format!("\n  hint: {hint}"));
    }
    StartError::new(error.exit(), message)
}

/// Events of a run as log lines.
struct Log {
    database: String,
}

impl Observer for Log {
    fn event(&self, event: &Event<'_>) {
        let database = &self.database;
        match event {
            Event::LockWaiting { holder, waited } => {
                let holder = holder.map(ToString::to_string).unwrap_or_default();
                info!(database, holder, waited_s = waited.as_secs(), "waiting for another migrator");
            }
            Event::StepFinished { number, steps, report } if report.state == StepState::Done => {
                info!(database, revision = %report.revision, duration_ms = report.duration_ms, "migration {number} of {steps} applied");
            }
            Event::Retrying { revision, attempt, reason } => {
                warn!(database, %revision, attempt, reason, "the database asked to try again");
            }
            Event::Warned { about } => warn!(database, "{about}"),
            Event::Resumed { revision, done } => {
                warn!(database, %revision, done, "an interrupted migration goes on");
            }
            _ => {}
        }
    }
}
