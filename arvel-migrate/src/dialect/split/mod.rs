//! Splits SQL text into statements, properly: quotes, dollar quotes, comments, bodies of triggers and functions, and
//! `DELIMITER`. One lexer, with the rules of each database as data.
//!
//! It exists because a migration's statements are run, timed, journaled and blamed one by one, and because a
//! semicolon in a quote or in a trigger ends nothing. It knows where statements end and refuses to know more: what is
//! wrong inside one is for the database to say. What it refuses is text whose end can not be found (a quote, a
//! comment or a body that is never closed), what only an interactive client understands, and settings that would
//! change how the rest of the text is read.

mod body;
mod error;
mod frame;
mod lexer;
mod quoted;
mod refused;
mod rules;
mod statements;
#[cfg(test)]
mod tests;

use std::ops::Range;

pub use error::{SplitError, SplitNote};
use lexer::{Kind, Lexer};
pub use rules::{ClientForms, SqlRules};
use statements::statement_ranges;

/// One statement of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlPiece {
    /// The statement, trimmed, without its delimiter.
    pub text: String,
    /// The byte of the text at which it begins.
    pub start: usize,
    /// The line of the text at which it begins, from 1.
    pub line: usize,
}

/// The statements of a text, in order. Comments before a statement belong to it, but for those on the line on which
/// the statement before it ends. A piece of comments only is left out.
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
        SqlPiece { start: range.start, text: text[range].to_owned(), line }
    });
    Ok(pieces.collect())
}

fn newlines(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

/// The words that a statement begins with, upper case, up to the first thing that is none.
pub(crate) fn leading_words(statement: &str, rules: &SqlRules) -> Vec<String> {
    let mut lexer = Lexer::new(statement, rules);
    let mut words = Vec::new();
    // A statement that was split has no error; of any other text the words before it are the answer.
    while let Ok(Some(token)) = lexer.next() {
        match token.kind {
            Kind::Space | Kind::Comment | Kind::ExecutableOpen | Kind::ExecutableClose => {}
            Kind::Word => words.push(upper(statement, token.range)),
            _ => break,
        }
    }
    words
}

fn upper(text: &str, range: Range<usize>) -> String {
    text[range].to_ascii_uppercase()
}
