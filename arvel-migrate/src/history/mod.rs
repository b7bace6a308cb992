//! What a database remembers of its migrations, and how that compares with the program's own.

mod compare;
mod digest;
mod follow_up;
mod remembered;
mod row;
mod sql;
pub(crate) mod store;

pub use compare::{Comparison, RevisionState, State, compare};
pub use digest::SetDigest;
pub use follow_up::Raise;
pub use remembered::Remembered;
pub(crate) use row::versions;
pub use row::{HistoryRow, NewRow};
pub(crate) use sql::FORMAT;
pub use sql::{BookkeepingNames, BookkeepingSql, JournalKey, Owner};
pub use store::{JournalRow, Loaded, Start};
