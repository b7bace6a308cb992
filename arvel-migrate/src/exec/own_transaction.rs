//! Refuses SQL that ends or begins a transaction where the migration is one already.
//!
//! A `COMMIT` among the statements would commit half a migration without its history row, and what fails behind it could
//! not be rolled back. Text pasted from a client or a dump often has one. It knows the words that a statement begins
//! with and refuses to know more: what a called procedure does is for the database to refuse.

use super::prepare::Piece;
use crate::dialect::{Capability, CompileError};

/// # Errors
/// [`CompileError::Unsupported`] for the first statement that begins, commits or rolls back a transaction.
pub(crate) fn refuse_own_transaction(
    capability: &Capability,
    pieces: &[(usize, Piece)],
) -> Result<(), CompileError> {
    let found = pieces.iter().find_map(|(_, piece)| match piece {
        Piece::Statement(statement) => transaction_words(&statement.sql),
        _ => None,
    });
    let Some(operation) = found else { return Ok(()) };
    Err(CompileError::Unsupported {
        operation,
        dialect: capability.display_name,
        reason: "the migration and its history row are one transaction already".to_owned(),
        alternative:
            "take it out; or write `transaction:false` behind the section (in Rust: `transaction: false`), \
                      and the statements commit one by one"
                .to_owned(),
    })
}

/// The words of a statement that ends or begins a transaction. Savepoints are fine.
fn transaction_words(sql: &str) -> Option<String> {
    let mut words = without_comments(sql)
        .split(|c: char| !(c.is_alphanumeric() || c == '_'))
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_uppercase);
    let first = words.next()?;
    let rest: Vec<String> = words.take(3).collect();
    let rest: Vec<&str> = rest.iter().map(String::as_str).collect();
    let is_one = match (first.as_str(), rest.as_slice()) {
        ("BEGIN" | "COMMIT" | "END" | "ABORT", _) | ("START" | "PREPARE", ["TRANSACTION", ..]) => true,
        ("ROLLBACK", ["TO", ..] | ["TRANSACTION" | "WORK", "TO", ..]) => false,
        ("ROLLBACK", _) => true,
        _ => false,
    };
    let second = rest.first().filter(|word| matches!(**word, "TRANSACTION" | "WORK"));
    is_one.then(|| second.map_or_else(|| first.clone(), |second| format!("{first} {second}")))
}

/// The text behind its leading comments.
fn without_comments(mut sql: &str) -> &str {
    loop {
        sql = sql.trim_start();
        let rest = if let Some(line) = sql.strip_prefix("--") {
            line.split_once('\n').map(|(_, rest)| rest)
        } else if let Some(block) = sql.strip_prefix("/*") {
            block.split_once("*/").map(|(_, rest)| rest)
        } else {
            return sql;
        };
        sql = rest.unwrap_or_default();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_begins_and_ends_a_transaction() {
        let cases = [
            ("BEGIN", Some("BEGIN")),
            ("begin immediate", Some("BEGIN")),
            ("-- from a dump\nBEGIN TRANSACTION", Some("BEGIN TRANSACTION")),
            ("/* a */ /* b */ COMMIT", Some("COMMIT")),
            ("commit work", Some("COMMIT WORK")),
            ("END", Some("END")),
            ("START TRANSACTION READ ONLY", Some("START TRANSACTION")),
            ("PREPARE TRANSACTION 'x'", Some("PREPARE TRANSACTION")),
            ("ROLLBACK", Some("ROLLBACK")),
            ("ROLLBACK TO SAVEPOINT a", None),
            ("ROLLBACK WORK TO a", None),
            ("SAVEPOINT a", None),
            ("PREPARE q AS SELECT 1", None),
            ("CREATE TRIGGER t AFTER INSERT ON a BEGIN SELECT 1; END", None),
            ("-- COMMIT", None),
            ("SELECT 'COMMIT'", None),
            ("", None),
        ];
        for (sql, expected) in cases {
            assert_eq!(transaction_words(sql).as_deref(), expected, "{sql}");
        }
    }
}
