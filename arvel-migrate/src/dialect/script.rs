//! SQL as written into statements: the text for this database, split by its own rules, with the lines of its file.

use super::{CompileError, SqlRules, Statement, leading_words, scope::Scope, split};
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
    let pieces = split(text, rules).map_err(|error| match step.first_line {
        Some(first) => error.in_file(first, step.file.clone()),
        None => error,
    })?;
    Ok(pieces
        .into_iter()
        .map(|piece| Statement {
            line: step.first_line.map(|first| first + piece.line.saturating_sub(1)),
            file: step.file.clone(),
            answers_once: answers_once(&piece.text, rules),
            ..Statement::new(piece.text)
        })
        .collect())
}

/// What calls procedures, what is a body by itself, and what the file alone says the end of may answer several times.
fn answers_once(statement: &str, rules: &SqlRules) -> bool {
    const SEVERAL: [&str; 9] = ["CALL", "EXECUTE", "BEGIN", "IF", "CASE", "LOOP", "REPEAT", "WHILE", "FOR"];
    if !rules.compound_bodies {
        return true;
    }
    match leading_words(statement, rules).first().map(String::as_str) {
        Some(first) if SEVERAL.contains(&first) => false,
        _ => !statement.contains(';') || split(statement, rules).is_ok_and(|pieces| pieces.len() == 1),
    }
}

#[cfg(test)]
mod tests {
    use crate::{
        dialect::{CompileError, driver_for},
        operation::{Operation, SqlStep},
        schema::DatabaseSchema,
    };

    #[test]
    fn lines_count_from_the_file_and_a_database_without_a_text_is_refused() {
        let text = "-- first\nCREATE TABLE a (n int);\n\nINSERT INTO a VALUES (1);";
        for (scheme, family) in [("postgres", "postgres"), ("mariadb", "mysql")] {
            let dialect = driver_for(scheme).unwrap().offline_dialect();
            let compile = |step| dialect.compile(&Operation::Sql(step), &DatabaseSchema::default());
            let lines = |step| -> Vec<Option<usize>> {
                compile(step).unwrap().iter().map(|statement| statement.line).collect()
            };
            assert_eq!(
                lines(SqlStep { first_line: Some(10), ..SqlStep::everywhere(text) }),
                [Some(10), Some(13)]
            );
            assert_eq!(lines(SqlStep::everywhere(text)), [None, None]);
            let own =
                SqlStep { texts: vec![(Some(family.into()), text.into())], first_line: None, file: None };
            assert_eq!(lines(own), [None, None]);
            let other =
                SqlStep { texts: vec![(Some("sqlite".into()), text.into())], first_line: None, file: None };
            assert!(matches!(compile(other), Err(CompileError::NoSqlForDialect { .. })));
        }
    }
}
