//! Texts as written: they must be one statement, since each statement is sent, timed and blamed by itself.

use crate::dialect::{CompileError, SqlRules, scope::Scope, split};

/// A text without white space around it and without the semicolon that ends it.
pub(crate) fn trimmed(text: &str) -> &str {
    text.trim().trim_end_matches(';').trim_end()
}

/// The one statement of a text.
pub(crate) fn one_statement(scope: &Scope<'_>, text: &str, rules: &SqlRules) -> Result<String, CompileError> {
    let mut pieces = split(text, rules)?.into_iter();
    match (pieces.next(), pieces.len()) {
        (Some(piece), 0) => Ok(piece.text),
        (None, _) => Err(scope.unsupported("its text is empty", "write its text")),
        (Some(_), more) => Err(scope.unsupported(
            format!("its text is {} statements, and it must be one", more + 1),
            "write the others with `schema.sql(…)`",
        )),
    }
}
