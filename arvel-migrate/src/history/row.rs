//! One row of the history table.

use crate::migration::{Checksum, RevisionId};

/// An applied revision, as the history table holds it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HistoryRow {
    /// The revision.
    pub revision: RevisionId,
    /// The order of application: max + 1 under the lock.
    pub seq: i64,
    /// The run that applied it; `None` for a stamped row.
    pub batch: Option<i64>,
    /// The line that it belonged to.
    pub line: String,
    /// The package and stub that it was published from.
    pub origin: Option<String>,
    /// The checksum of `up` as applied.
    pub checksum: Checksum,
    /// When, in UTC, ISO 8601 with microseconds.
    pub applied_at: String,
    /// How long it took, in milliseconds, as the server saw it where it can tell.
    pub duration_ms: i64,
    /// Written without running anything.
    pub stamped: bool,
    /// The version of the tool that wrote it.
    pub tool_version: String,
}

/// A row about to be written: the database adds `seq` and the time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRow {
    /// The revision.
    pub revision: RevisionId,
    /// The run; `None` for a stamp.
    pub batch: Option<i64>,
    /// The line.
    pub line: String,
    /// The package and stub.
    pub origin: Option<String>,
    /// The checksum.
    pub checksum: Checksum,
    /// Written without running anything.
    pub stamped: bool,
}
