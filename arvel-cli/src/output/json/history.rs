//! The documents of the commands that write the history and run nothing.

use std::path::PathBuf;

use arvel_migrate::StampReport;
#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;

use super::texts;

/// `db stamp`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct StampBody {
    #[serde(flatten)]
    rows: RowsBody,
    /// Whether nothing was done.
    dry_run: bool,
}

/// Which rows of the history were written and removed.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
struct RowsBody {
    /// Revisions that are no longer recorded as applied.
    removed: Vec<String>,
    /// Revisions that are recorded as applied now.
    added: Vec<String>,
    /// Revisions that are no longer half done.
    settled: Vec<String>,
}

impl RowsBody {
    fn of(report: &StampReport) -> Self {
        Self { removed: texts(&report.removed), added: texts(&report.added), settled: texts(&report.settled) }
    }
}

impl StampBody {
    /// Which rows were written and removed.
    pub fn of(report: &StampReport) -> Self {
        Self { rows: RowsBody::of(report), dry_run: report.dry_run }
    }
}

/// `db clear`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct ClearBody {
    /// The rows, with `--history`.
    #[serde(flatten)]
    rows: Option<RowsBody>,
    /// The files that are gone, or would be; with `--files`.
    #[serde(skip_serializing_if = "Option::is_none")]
    files: Option<Vec<PathBuf>>,
    /// Whether nothing was done.
    dry_run: bool,
}

impl ClearBody {
    /// What was forgotten and removed.
    pub fn of(history: Option<&StampReport>, files: Option<Vec<PathBuf>>, dry_run: bool) -> Self {
        Self { rows: history.map(RowsBody::of), files, dry_run }
    }
}

/// `db ensure-version`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct InstallBody<'a> {
    /// The tables of the history.
    pub tables: &'a [String],
    /// Whether any was made, or would be.
    pub changed: bool,
    /// The statements of a dry run.
    pub statements: &'a [String],
    /// Whether nothing was done.
    pub dry_run: bool,
}
