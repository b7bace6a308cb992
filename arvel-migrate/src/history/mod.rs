//! What a database remembers of its migrations, and how that compares with the program's own.

mod row;
mod sql;

pub use row::{HistoryRow, NewRow};
pub use sql::{BookkeepingNames, BookkeepingSql};
