//! The documents of the commands that run migrations, seeders, or a wipe.

use std::collections::BTreeMap;

use arvel_migrate::{Given, exec::RunReport};
#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;

use crate::output::human;

/// What a run did, or would do.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct RunBody {
    /// The migrations in the order in which they ran, or would.
    steps: Vec<StepBody>,
    /// The batch under which the applied ones are recorded; null when there is none.
    batch: Option<i64>,
    /// Whether nothing was done.
    dry_run: bool,
    /// What `-x` gave, by its keys.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    arguments: BTreeMap<String, String>,
    /// What `--tag` gave.
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<String>,
}

/// One migration on its way up or down.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Step"))]
struct StepBody {
    /// The migration.
    revision: String,
    /// Its way.
    #[cfg_attr(test, schemars(extend("enum" = super::schemas::DIRECTIONS)))]
    direction: &'static str,
    /// How it ended; `planned` when it was not begun.
    #[cfg_attr(test, schemars(extend("enum" = super::schemas::STEP_STATES)))]
    state: &'static str,
    /// Whether it was pending below one that is applied.
    late: bool,
    /// Why it can not be undone.
    #[serde(skip_serializing_if = "Option::is_none")]
    irreversible: Option<String>,
    /// The SQL statements, in order. What only a run can know stands there as a remark.
    statements: Vec<String>,
    /// How long it took, in milliseconds; 0 in a dry run.
    duration_ms: u64,
}

impl RunBody {
    /// One run.
    pub fn of(report: &RunReport) -> Self {
        Self::of_all(&[report])
    }

    /// Several runs of one command, one after the other.
    pub fn of_all(reports: &[&RunReport]) -> Self {
        let steps = reports.iter().flat_map(|report| &report.steps).map(|step| StepBody {
            revision: step.revision.to_string(),
            direction: step.direction.as_str(),
            state: human::step_state(step.state),
            late: step.late,
            irreversible: step.irreversible.clone(),
            statements: step.statements.clone(),
            duration_ms: step.duration_ms,
        });
        Self {
            steps: steps.collect(),
            batch: reports.iter().rev().find_map(|report| report.batch),
            dry_run: reports.iter().any(|report| report.dry_run),
            arguments: BTreeMap::new(),
            tag: None,
        }
    }

    /// The same with what the command line gave.
    pub fn given(self, given: &Given) -> Self {
        let arguments = given.arguments().map(|(key, value)| (key.to_owned(), value.to_owned())).collect();
        Self { arguments, tag: given.tag().map(str::to_owned), ..self }
    }
}

/// What a run did, or would do, with what came before and after it.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct RunAnd {
    /// The run.
    #[serde(flatten)]
    pub run: RunBody,
    /// The statements that dropped everything first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dropped: Option<Vec<String>>,
    /// The seeders that ran afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seeders: Option<Vec<String>>,
}

/// `db wipe`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct WipeBody {
    /// The statements that drop everything.
    pub dropped: Vec<String>,
    /// Whether nothing was done.
    pub dry_run: bool,
}

/// `db seed`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct SeedBody {
    /// The seeders in their order.
    pub seeders: Vec<String>,
    /// Whether nothing was done.
    pub dry_run: bool,
}
