//! Why the lock was not taken.

use std::{path::PathBuf, time::Duration};

use super::Holder;
use crate::dialect::DriverError;

/// The lock was not taken; nothing has been changed.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LockError {
    /// Another migrator is at work.
    #[error("another migrator is at work{}; waited {} s", .holder.as_ref().map(|h| format!(": {h}")).unwrap_or_default(), .waited.as_secs())]
    Busy {
        /// Who, as far as the lease says.
        holder: Option<Box<Holder>>,
        /// How long we waited.
        waited: Duration,
    },
    /// A statement of a migrator that is gone still runs on the server.
    #[error("a statement of an earlier migrator ({holder}) still runs on the server; waited {} s", .waited.as_secs())]
    Draining {
        /// Whose.
        holder: Box<Holder>,
        /// How long we waited.
        waited: Duration,
    },
    /// The lock file can not be used.
    #[error("the lock file `{}` can not be used: {error}", .path.display())]
    File {
        /// The file.
        path: PathBuf,
        /// The system's word.
        error: std::io::Error,
    },
    /// The database refused.
    #[error("the lock could not be asked for: {0}")]
    Driver(#[from] DriverError),
}
