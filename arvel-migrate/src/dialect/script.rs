//! SQL as written into statements: the text for this database, split by its own rules, with the lines of its file.

use super::{CompileError, SqlRules, Statement, scope::Scope, split};
use crate::operation::SqlStep;

/// The statements of a step.
pub(crate) fn statements(
    scope: &Scope<'_>,
    step: &SqlStep,
    rules: &SqlRules,
) -> Result<Vec<Statement>, CompileError> {
    let family = scope.capability.family;
    let text = step.text_for(family).ok_or_else(|| CompileError::NoSqlForDialect {
        operation: scope.operation.describe(),
        dialect: family,
    })?;
    let pieces = split(text, rules)?;
    Ok(pieces
        .into_iter()
        .map(|piece| Statement {
            line: step.first_line.map(|first| first + piece.line.saturating_sub(1)),
            ..Statement::new(piece.text)
        })
        .collect())
}
