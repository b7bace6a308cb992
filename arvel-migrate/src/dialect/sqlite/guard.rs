//! Statements that do nothing, or fail with a text of ours before something is done that can not be.
//!
//! SQLite has no statement that fails with a given text, but `json_extract` quotes a path that it can not read.

use crate::dialect::quote;

/// How SQLite begins its complaint about such a path.
const COMPLAINT: &str = "bad JSON path: '";

/// What begins a path of ours.
const MARK: &str = "arvel: ";

/// A rebuild with foreign keys on would delete the children of every row.
pub(super) const FOREIGN_KEYS: &str = "SELECT json_extract('{}', 'arvel: a table rebuild needs foreign keys off, on: ' || \
                                       foreign_keys) FROM pragma_foreign_keys WHERE foreign_keys = 1";

/// Fails with a message unless a condition holds.
pub(super) fn unless(condition: &str, message: &str) -> String {
    format!(
        "SELECT json_extract('{{}}', {}) WHERE ({condition}) IS NOT TRUE",
        quote::text(&format!("{MARK}{message}"))
    )
}

/// Fails when a query has a row of a child without its parent, and says which.
pub(super) fn orphans(query: &str) -> String {
    format!(
        "SELECT json_extract('{{}}', '{MARK}rows of `' || child || '` reference missing rows of `' || parent || '`') \
         FROM ({query}) LIMIT 1"
    )
}

/// The text of ours in SQLite's complaint.
pub(super) fn said(message: &str) -> Option<String> {
    let path = message.strip_prefix(COMPLAINT)?.strip_prefix(MARK)?;
    Some(path.strip_suffix('\'').unwrap_or(path).replace("''", "'"))
}
