//! What a database remembers of its migrations, and how that compares with the program's own.

mod compare;
mod row;
mod sql;

pub use compare::{Comparison, RevisionState, State, compare};
pub use row::{HistoryRow, NewRow};
pub use sql::{BookkeepingNames, BookkeepingSql};
