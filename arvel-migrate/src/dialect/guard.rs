//! A look at the rows before a statement. A server that refuses a value says neither which it is nor in how many rows it
//! stands, so they are asked first. It is a courtesy: a row that comes in between is still refused by the server.

use super::{DriverError, ErrorKind, Row, quote};

/// The rows that are in the way of an enumeration that loses values.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Guard {
    /// What asks for them: a value and the number of its rows, the most frequent first. No row means that nothing is in
    /// the way.
    pub query: String,
    /// The table, for people.
    pub table: String,
    /// The column, for people.
    pub column: String,
}

/// What to do about them.
const ADVICE: &str = "give these rows another value first, in this migration or before it, or keep the value";

impl Guard {
    /// A guard of values: `text` is the column as text in the database's words, `from` the quoted table.
    pub(crate) fn values(
        (table, column): (String, &str),
        (text, from): (&str, &str),
        literals: &[String],
    ) -> Self {
        let query = format!(
            "SELECT {text} AS value, count(*) AS number_of_rows FROM {from} WHERE {text} NOT IN ({}) \
             GROUP BY {text} ORDER BY count(*) DESC, {text} LIMIT 5",
            literals.join(", ")
        );
        Self { query, table, column: column.to_owned() }
    }

    /// The refusal that these rows are; nothing when there are none.
    pub(crate) fn refusal(&self, rows: &[Row]) -> Option<DriverError> {
        let found = rows.iter().map(|row| {
            let number = row.integer("number_of_rows").unwrap_or_default();
            let rows = if number == 1 { "row" } else { "rows" };
            format!("{} in {number} {rows}", quote::text(row.text("value").unwrap_or_default()))
        });
        let found = found.collect::<Vec<_>>().join(", ");
        let message = format!(
            "column `{}` of `{}` must be one of its values, and there is {found}",
            self.column, self.table
        );
        let error = DriverError::new(ErrorKind::Statement, message);
        (!rows.is_empty()).then(|| DriverError { detail: Some(ADVICE.to_owned()), ..error })
    }
}
