//! At most one migrator acts on a database at a time.
//!
//! `session` is the lock itself: polled, bounded in time, and gone with its connection or its file handle whatever
//! happens to the process. `lease` is the fence: a row whose epoch every write checks on the server, so that a run
//! which lost its lock can not commit.

mod error;
mod lease;
mod session;

pub use error::LockError;
pub use lease::Holder;
pub(crate) use lease::{Lease, read_holder};
pub(crate) use session::{SessionLock, jitter, lock_name};

use std::time::Duration;

/// How long to wait for another migrator.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LockOptions {
    /// The bound on the wait; zero does not wait.
    pub timeout: Duration,
}

impl Default for LockOptions {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(60) }
    }
}
