//! Refuses SQL that ends or begins a transaction where the migration is one already.
//!
//! A `COMMIT` among the statements would commit half a migration without its history row, and what fails behind it could
//! not be rolled back. Text pasted from a client or a dump often has one. It knows the words that a statement begins
//! with and refuses to know more: what a called procedure does is for the database to refuse.

use super::prepare::Piece;
use crate::dialect::{CompileError, Dialect, SqlRules, leading_words};

/// # Errors
/// [`CompileError::Unsupported`] for the first statement that begins, commits or rolls back a transaction.
pub(crate) fn refuse_own_transaction(
    dialect: &dyn Dialect,
    pieces: &[(usize, Piece)],
) -> Result<(), CompileError> {
    let found = pieces.iter().find_map(|(_, piece)| match piece {
        Piece::Statement(statement) => transaction_words(&statement.sql, dialect.sql_rules()),
        _ => None,
    });
    let Some(operation) = found else { return Ok(()) };
    Err(CompileError::Unsupported {
        operation,
        dialect: dialect.capability().display_name,
        reason: "the migration and its history row are one transaction already".to_owned(),
        alternative:
            "take it out; or write `transaction:false` behind the section (in Rust: `transaction: false`), \
                      and the statements commit one by one"
                .to_owned(),
    })
}

/// The words of a statement that ends or begins a transaction. Savepoints are fine.
fn transaction_words(sql: &str, rules: &SqlRules) -> Option<String> {
    let words = leading_words(sql, rules);
    let (first, rest) = words.split_first()?;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::dialect::{driver_for, families};

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
            for family in families() {
                let rules = *driver_for(family).unwrap().offline_dialect().sql_rules();
                assert_eq!(transaction_words(sql, &rules).as_deref(), expected, "{family}: {sql}");
            }
        }
        let rules = *driver_for("mysql").unwrap().offline_dialect().sql_rules();
        for sql in ["# from a dump\nCOMMIT", "/*!40000 COMMIT */"] {
            assert_eq!(transaction_words(sql, &rules).as_deref(), Some("COMMIT"), "{sql}");
        }
        let rules = *driver_for("postgres").unwrap().offline_dialect().sql_rules();
        assert_eq!(transaction_words("/* /* */ */ COMMIT", &rules).as_deref(), Some("COMMIT"));
    }
}
