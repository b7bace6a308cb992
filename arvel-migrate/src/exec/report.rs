//! What a run did, as a value.

use crate::{migration::RevisionId, plan::Direction};

/// How a step ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StepState {
    /// Applied or undone, and recorded.
    Done,
    /// Not begun, or only planned.
    Planned,
    /// Failed.
    Failed,
    /// Stopped on request before its end.
    Stopped,
}

/// One step.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct StepReport {
    /// The revision.
    #[serde(serialize_with = "display")]
    pub revision: RevisionId,
    /// Up or down.
    pub direction: Direction,
    /// How it ended.
    pub state: StepState,
    /// Whether it was pending below an applied revision.
    pub late: bool,
    /// Why it can not be undone, when it can not.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub irreversible: Option<String>,
    /// The statements as sent, without those of the bookkeeping.
    pub statements: Vec<String>,
    /// Milliseconds, as the client saw them.
    pub duration_ms: u64,
}

/// A whole run.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct RunReport {
    /// The steps in order.
    pub steps: Vec<StepReport>,
    /// The batch that the run wrote, if it applied anything.
    pub batch: Option<i64>,
    /// Whether nothing was done because it was only asked about.
    pub dry_run: bool,
}

impl RunReport {
    /// Whether there was nothing to do.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty()
    }
}

fn display<S: serde::Serializer>(value: &impl std::fmt::Display, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(value)
}
