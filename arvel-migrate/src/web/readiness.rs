//! Not ready while something is pending: for programs that wait until another process has migrated.

use std::{
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use arvel_core::{BoxFuture, Readiness, ReadyState};
use tokio::sync::Mutex;

use super::start::{refused, tell_differences};
use crate::{Error, Migrator, plan::Conduct, settings::Settings};

/// How long an answer is good for.
const FRESH: Duration = Duration::from_secs(5);

/// Reads the state of the database at most every five seconds.
pub(super) struct PendingCheck {
    migrator: Migrator,
    missing: Option<Conduct>,
    told: AtomicBool,
    last: Mutex<Option<(Instant, ReadyState)>>,
}

impl PendingCheck {
    pub(super) fn new(settings: &Settings) -> Result<Self, Error> {
        Ok(Self {
            migrator: settings.builder().catalog(settings.catalog(&[])?).build()?,
            missing: settings.missing_at_start,
            told: AtomicBool::new(false),
            last: Mutex::new(None),
        })
    }

    async fn ask(&self) -> ReadyState {
        let state = match self.migrator.start_state().await {
            Ok(state) => state,
            Err(error) => {
                let reason = "the database can not be read".to_owned();
                return ReadyState::NotReady { reason, details: vec![error.to_string()] };
            }
        };
        if !self.told.swap(true, Ordering::Relaxed) {
            tell_differences(&state);
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
                    "{count} migration{} pending; run `db migrate`",
                    if count == 1 { " is" } else { "s are" }
                ),
                details: state.pending.iter().map(ToString::to_string).collect(),
            },
        }
    }
}

impl Readiness for PendingCheck {
    fn name(&self) -> &str {
        "migrations"
    }

    fn check<'a>(&'a self) -> BoxFuture<'a, ReadyState> {
        Box::pin(async move {
            let mut last = self.last.lock().await;
            if let Some((at, state)) = &*last
                && at.elapsed() < FRESH
            {
                return state.clone();
            }
            let state = self.ask().await;
            *last = Some((Instant::now(), state.clone()));
            state
        })
    }
}
