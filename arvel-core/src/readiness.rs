//! Whether the application may be sent traffic.
//!
//! `/health/ready` asks every [`Readiness`] of the plugins and answers 200 or 503. A check says why it is not
//! ready in a sentence fit for anybody, and what exactly is missing in details that only development and
//! testing show. This module refuses to wait: a check that hangs counts as not ready.

use std::{sync::Arc, time::Duration};

use serde::Serialize;

use crate::{BoxFuture, Environment};

/// How long one check may take before it counts as failed.
const PATIENCE: Duration = Duration::from_secs(5);

/// Something that must hold before traffic is welcome.
pub trait Readiness: Send + Sync {
    /// The name under which a failure is reported.
    fn name(&self) -> &str;

    /// Looks now. Must not write anything.
    fn check<'a>(&'a self) -> BoxFuture<'a, ReadyState>;
}

/// The outcome of one check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReadyState {
    /// Traffic is welcome.
    Ready,
    /// Traffic is not welcome.
    NotReady {
        /// Shown in every environment: one sentence that gives nothing away. Numbers and the names that the
        /// configuration gives to databases are fine.
        reason: String,
        /// Shown in development and testing only.
        details: Vec<String>,
    },
}

/// What `/health/ready` answers, and `arvel_core`'s only JSON.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Report {
    pub status: &'static str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub checks: Vec<Failing>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Failing {
    pub name: String,
    pub reason: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub details: Vec<String>,
}

impl Report {
    pub(crate) fn starting() -> Self {
        Self { status: "starting", checks: Vec::new() }
    }

    pub(crate) fn stopping() -> Self {
        Self { status: "stopping", checks: Vec::new() }
    }

    pub(crate) fn is_ready(&self) -> bool {
        self.status == "ready"
    }

    /// Asks all of them, one after the other.
    pub(crate) async fn of(checks: &[Arc<dyn Readiness>], environment: Environment) -> Self {
        let mut failing = Vec::new();
        for check in checks {
            let state = tokio::time::timeout(PATIENCE, check.check()).await.unwrap_or_else(|_| {
                ReadyState::NotReady {
                    reason: "the check did not answer in time".to_owned(),
                    details: Vec::new(),
                }
            });
            if let ReadyState::NotReady { reason, details } = state {
                let details = if environment.shows_details() { details } else { Vec::new() };
                failing.push(Failing { name: check.name().to_owned(), reason, details });
            }
        }
        Self { status: if failing.is_empty() { "ready" } else { "not ready" }, checks: failing }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    struct Pending;

    impl Readiness for Pending {
        fn name(&self) -> &str {
            "migrations"
        }

        fn check<'a>(&'a self) -> BoxFuture<'a, ReadyState> {
            Box::pin(async {
                ReadyState::NotReady {
                    reason: "2 pending".to_owned(),
                    details: vec!["create_users".to_owned()],
                }
            })
        }
    }

    struct Hanging;

    impl Readiness for Hanging {
        fn name(&self) -> &str {
            "hanging"
        }

        fn check<'a>(&'a self) -> BoxFuture<'a, ReadyState> {
            Box::pin(std::future::pending())
        }
    }

    #[tokio::test]
    async fn details_stay_at_home() {
        for (environment, details) in [
            (Environment::Development, vec!["create_users".to_owned()]),
            (Environment::Testing, vec!["create_users".to_owned()]),
            (Environment::Staging, vec![]),
            (Environment::Production, vec![]),
        ] {
            let report = Report::of(&[Arc::new(Pending)], environment).await;
            let failing = Failing { name: "migrations".to_owned(), reason: "2 pending".to_owned(), details };
            assert_eq!(report, Report { status: "not ready", checks: vec![failing] }, "{environment}");
        }
    }

    #[tokio::test]
    async fn nothing_to_ask_is_ready() {
        assert!(Report::of(&[], Environment::Production).await.is_ready());
    }

    #[tokio::test(start_paused = true)]
    async fn a_check_that_hangs_is_not_ready() {
        let report = Report::of(&[Arc::new(Hanging)], Environment::Production).await;
        assert_eq!(report.checks[0].reason, "the check did not answer in time");
    }
}
