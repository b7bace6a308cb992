//! Splits SQL text into statements, properly: quotes, dollar quotes, comments, bodies of triggers and functions, and
//! `DELIMITER`. One lexer, with the rules of each database as data.
//!
//! It exists because a migration's statements are run, timed, journaled and blamed one by one, and because a
//! semicolon in a quote or in a trigger ends nothing. It knows where statements end and refuses to know more: what is
//! wrong inside one is for the database to say. What it refuses is text whose end can not be found (a quote, a
//! comment or a body that is never closed) and what only an interactive client understands.

mod body;
mod lexer;
mod statements;
#[cfg(test)]
mod tests;

pub(crate) use statements::statement_ranges;

/// How a database's SQL is lexed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SqlRules {
    /// `"…"` and `` `…` `` and `[…]` quote identifiers: which of them do.
    pub identifier_quotes: &'static [(char, char)],
    /// Whether `\` escapes inside `'…'` (MySQL), besides doubling.
    pub backslash_escapes: bool,
    /// Whether `"…"` is a string (MySQL without ANSI_QUOTES); lexed alike, but named for the reader.
    pub double_quoted_strings: bool,
    /// Whether `$tag$…$tag$` quotes (PostgreSQL).
    pub dollar_quotes: bool,
    /// Whether `E'…'` takes backslash escapes (PostgreSQL).
    pub escape_strings: bool,
    /// Whether `/* /* */ */` nests (PostgreSQL).
    pub nested_comments: bool,
    /// Whether `#` begins a comment (MySQL).
    pub hash_comments: bool,
    /// Whether `--` needs white space after it to begin a comment (MySQL).
    pub dash_needs_space: bool,
    /// Whether the inside of `/*! … */` and `/*M! … */` is run (MySQL, MariaDB): a comment in name only.
    pub executable_comments: bool,
    /// Whether `CREATE TRIGGER … BEGIN … END` holds semicolons (SQLite, MySQL).
    pub begin_end_bodies: bool,
    /// Whether procedures, functions and events have such bodies too, with `IF`, `CASE`, `LOOP`, `WHILE`, `REPEAT`
    /// and `FOR` inside (MySQL; MariaDB outside of stored programs as well).
    pub compound_bodies: bool,
    /// Whether `BEGIN ATOMIC … END` and `CREATE RULE … DO (…; …)` hold semicolons (PostgreSQL).
    pub atomic_bodies: bool,
    /// Whether the client word `DELIMITER` is understood (MySQL).
    pub delimiter: bool,
    /// Whether `COPY … FROM STDIN` and the `\` commands of psql are recognised, to be refused (PostgreSQL).
    pub psql_forms: bool,
}

/// One statement of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlPiece {
    /// The statement, trimmed, without its delimiter.
    pub text: String,
    /// The line of the text at which it begins, from 1.
    pub line: usize,
}

/// SQL that can not be split.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct SplitError {
    /// The line of the text, from 1: for what is never closed, the line where it began.
    pub line: usize,
    /// What is wrong: `the quote ' is never closed`.
    pub problem: String,
}

/// The statements of a text, in order. Comments before a statement belong to it; a piece of comments only is left out.
///
/// # Errors
/// [`SplitError`] when a quote, a comment or a body is never closed, and for what only a client such as psql reads.
pub fn split(text: &str, rules: &SqlRules) -> Result<Vec<SqlPiece>, SplitError> {
    let ranges = statement_ranges(text, rules)?;
    let mut line = 1;
    let mut counted = 0;
    let pieces = ranges.into_iter().map(|range| {
        line += newlines(&text[counted..range.start]);
        counted = range.start;
        SqlPiece { text: text[range].to_owned(), line }
    });
    Ok(pieces.collect())
}

/// The line of a byte offset, from 1.
fn line_at(text: &str, offset: usize) -> usize {
    1 + newlines(&text[..offset])
}

fn newlines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}
