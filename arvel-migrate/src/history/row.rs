//! One row of the history table.

use crate::{
    dialect::{DriverError, ErrorKind, Row},
    migration::{Checksum, RevisionId},
    publish::Version,
};

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
    /// The version of the tool that wrote it; of what ran in place, and that of its package behind a space.
    pub tool_version: String,
    /// The operations that undo it, where only what was there when it was applied could say them; JSON.
    pub undo: Option<String>,
}

impl HistoryRow {
    /// What it is known by: its origin, else its revision.
    #[must_use]
    pub fn identity(&self) -> &str {
        self.origin.as_deref().unwrap_or(self.revision.as_str())
    }

    /// The version of the package whose text it has, of what ran in place.
    #[must_use]
    pub fn package_version(&self) -> Option<Version> {
        self.tool_version.split_once(' ').and_then(|(_, version)| Version::parse(version).ok())
    }

    /// Reads a row as the store's query answers it.
    ///
    /// # Errors
    /// When a cell that must be there is not: somebody else's table has our name.
    pub fn read(row: &Row) -> Result<Self, DriverError> {
        let missing = |column: &str| {
            DriverError::new(
                ErrorKind::Statement,
                format!("the history table has a row without a usable `{column}`"),
            )
        };
        let text = |column: &str| row.text(column).map(str::to_owned).ok_or_else(|| missing(column));
        Ok(Self {
            revision: RevisionId::new(text("revision")?).map_err(|_| missing("revision"))?,
            seq: row.integer("seq").ok_or_else(|| missing("seq"))?,
            batch: row.integer("batch"),
            line: text("line")?,
            origin: row.text("origin").map(str::to_owned),
            checksum: Checksum::from_stored(&text("checksum")?),
            applied_at: text("applied_at")?,
            duration_ms: row.integer("duration_ms").unwrap_or(0),
            stamped: row.boolean("stamped"),
            tool_version: text("tool_version")?,
            undo: row.text("undo").map(str::to_owned),
        })
    }
}

/// A row about to be written: the database adds the time and the duration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRow {
    /// The revision.
    pub revision: RevisionId,
    /// Its place in the order of application.
    pub seq: i64,
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
    /// The operations that undo it, where only what is there now can say them; JSON.
    pub undo: Option<String>,
    /// The version of the package, of what runs in place.
    pub package_version: Option<Version>,
}

impl NewRow {
    /// What it is known by: its origin, else its revision.
    #[must_use]
    pub fn identity(&self) -> &str {
        self.origin.as_deref().unwrap_or(self.revision.as_str())
    }
}

/// How wide the column of the versions is.
const WIDTH: usize = 40;

/// What the row says of versions: that of the tool and, of what runs in place, that of its package. One that the column
/// can not hold is left out: then nobody takes the row for one of an older version.
pub(crate) fn versions(package: Option<&Version>) -> String {
    let tool = env!("CARGO_PKG_VERSION");
    let both = package.map(|package| format!("{tool} {package}")).filter(|both| both.len() <= WIDTH);
    both.unwrap_or_else(|| tool.to_owned())
}
