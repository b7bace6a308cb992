//! Not ready while something is pending: for programs that wait until another process has migrated.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use arvel_core::{BoxFuture, Readiness, ReadyState, StartError};
use futures_util::future::join_all;
use tokio::{sync::Mutex, time::timeout};

use super::start::{logged, refused, tell_differences};
use crate::{
    Error, Migrator,
    plan::Conduct,
    settings::{Databases, Settings},
};

/// How long an answer is good for.
const FRESH: Duration = Duration::from_secs(5);
/// How long one database may take: less than the kernel waits for all of a check.
const PATIENCE: Duration = Duration::from_secs(4);

/// Reads the state of every database, each at most every five seconds, all at once: one that does not answer does not
/// keep the others from being read.
pub(super) struct PendingCheck {
    databases: Vec<PendingIn>,
}

impl PendingCheck {
    pub(super) fn new(databases: &Databases) -> Result<Self, StartError> {
        let of = |settings: &Settings| PendingIn::new(settings).map_err(|error| logged(&error, settings));
        Ok(Self { databases: databases.iter().map(of).collect::<Result<_, _>>()? })
    }
}

impl Readiness for PendingCheck {
    fn name(&self) -> &str {
        "migrations"
    }

    fn check<'a>(&'a self) -> BoxFuture<'a, ReadyState> {
        Box::pin(async move { all_of(join_all(self.databases.iter().map(PendingIn::check)).await) })
    }
}

/// Ready when all are; else what each of the others says.
fn all_of(states: Vec<ReadyState>) -> ReadyState {
    let mut reasons = Vec::new();
    let mut all_details = Vec::new();
    for state in states {
        if let ReadyState::NotReady { reason, details } = state {
            reasons.push(reason);
            all_details.extend(details);
        }
    }
    match reasons.is_empty() {
        true => ReadyState::Ready,
        false => ReadyState::NotReady { reason: reasons.join("; "), details: all_details },
    }
}

/// One database.
struct PendingIn {
    migrator: Migrator,
    /// Its name, when it is one of several.
    name: Option<String>,
    missing: Option<Conduct>,
    told: AtomicBool,
    last: Mutex<Option<(Instant, ReadyState)>>,
}

impl PendingIn {
    fn new(settings: &Settings) -> Result<Self, Error> {
        Ok(Self {
            migrator: settings.builder().catalog(settings.catalog(&[])?).build()?,
            name: settings.is_one_of_several().then(|| settings.name.clone()),
            missing: settings.missing_at_start,
            told: AtomicBool::new(false),
            last: Mutex::new(None),
        })
    }

    async fn check(&self) -> ReadyState {
        let mut last = self.last.lock().await;
        if let Some((at, state)) = &*last
            && at.elapsed() < FRESH
        {
            return state.clone();
        }
        let state = match self.ask().await {
            ReadyState::NotReady { reason, details } => self.named(&reason, &details),
            ready => ready,
        };
        *last = Some((Instant::now(), state.clone()));
        state
    }

    /// Which of several databases it is.
    fn named(&self, reason: &str, details: &[String]) -> ReadyState {
        let before = |text: &str| match &self.name {
            Some(name) => format!("`{name}`: {text}"),
            None => text.to_owned(),
        };
        ReadyState::NotReady {
            reason: before(reason),
            details: details.iter().map(|detail| before(detail)).collect(),
        }
    }

    /// The command that migrates it.
    fn command(&self) -> String {
        match &self.name {
            Some(name) => format!("db migrate --database {name}"),
            None => "db migrate".to_owned(),
        }
    }

    async fn ask(&self) -> ReadyState {
        let state = match timeout(PATIENCE, self.migrator.start_state()).await {
            Ok(Ok(state)) => state,
            Err(_) => {
                let reason = "the database does not answer".to_owned();
                return ReadyState::NotReady { reason, details: Vec::new() };
            }
            Ok(Err(error)) => {
                let reason = "the database can not be read".to_owned();
                return ReadyState::NotReady { reason, details: vec![error.to_string()] };
            }
        };
        if !self.told.swap(true, Ordering::Relaxed) {
            tell_differences(&state, self.migrator.name());
        }
        if let Some(error) = refused(&state, self.missing) {
            return ReadyState::NotReady { reason: error.to_string(), details: Vec::new() };
        }
        if !state.failed.is_empty() {
            let reason = "a migration was begun and not finished; see `db status`".to_owned();
            return ReadyState::NotReady {
                reason,
                details: state.failed.iter().map(ToString::to_string).collect(),
            };
        }
        match state.pending.len() {
            0 => ReadyState::Ready,
            count => ReadyState::NotReady {
                reason: format!(
                    "{count} migration{} pending; run `{}`",
                    if count == 1 { " is" } else { "s are" },
                    self.command()
                ),
                details: state.pending.iter().map(ToString::to_string).collect(),
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ready_when_all_are() {
        let behind = |name: &str| ReadyState::NotReady {
            reason: format!("`{name}`: 1 migration is pending"),
            details: vec![format!("`{name}`: 1_a")],
        };
        assert_eq!(all_of(vec![ReadyState::Ready, ReadyState::Ready]), ReadyState::Ready);
        let ReadyState::NotReady { reason, details } =
            all_of(vec![behind("default"), ReadyState::Ready, behind("reporting")])
        else {
            unreachable!("two are behind")
        };
        assert_eq!(reason, "`default`: 1 migration is pending; `reporting`: 1 migration is pending");
        assert_eq!(details, ["`default`: 1_a", "`reporting`: 1_a"]);
    }
}
