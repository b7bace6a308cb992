//! What to do about the refusals that people meet most, in the same words on each database. Which of its errors is
//! which, each dialect says.

use super::{Dialect, DriverError};

/// What stands in the way of a change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obstacle {
    /// Rows have no value for a column that must have one.
    Null,
    /// Rows agree in what is to be unique.
    Duplicate,
    /// A row has a value that the new definition does not take.
    Value,
    /// It is there already.
    Exists,
    /// It is not there.
    Missing,
    /// Something else needs it.
    Needed,
    /// A foreign key that does not fit its parent.
    Parent,
    /// The way in which it is asked for is none for this change.
    Online,
}

/// The advice for an error of this statement; nothing for one of data, where the person knows better.
pub(crate) fn advice(dialect: &dyn Dialect, error: &DriverError, sql: &str) -> Option<&'static str> {
    if !is_definition(sql) { None } else { dialect.obstacle(error).map(Obstacle::advice) }
}

impl Obstacle {
    /// What to do.
    #[must_use]
    pub fn advice(self) -> &'static str {
        match self {
            Self::Null => {
                "rows have no value there: give it a `default(…)`, or make it `nullable()`, fill it in, and then \
                 `not_null().change()`"
            }
            Self::Duplicate => {
                "rows that are there agree in it: mend them first, in this migration or before it"
            }
            Self::Value => {
                "a row that is there has a value which the new definition does not take: mend such rows first, in this \
                 migration or before it"
            }
            Self::Exists => {
                "`db inspect` shows what is there; what somebody else made can be left alone with \
                 `schema.when_missing_table(…)` or `schema.when_missing_column(…)`"
            }
            Self::Missing => "`db inspect` shows what is there",
            Self::Needed => "drop what needs it first, such as the foreign keys of other tables",
            Self::Online => {
                "it can not be done so while others use the table: take `online()` away and run it when it is quiet, or \
                 say the way that the server names, such as `algorithm(Copy)` or `lock(Shared)`"
            }
            Self::Parent => {
                "the parent must be there, its columns must have the same types, and must be its primary key or unique"
            }
        }
    }
}

/// Whether a statement changes the schema, or rows for a new one.
fn is_definition(sql: &str) -> bool {
    if sql.starts_with("INSERT INTO \"__arvel_new_") {
        return true;
    }
    let word = sql.split_whitespace().next().unwrap_or_default();
    ["ALTER", "CREATE", "DROP", "RENAME"].iter().any(|known| word.eq_ignore_ascii_case(known))
}
