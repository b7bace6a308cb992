//! What a database writes for a row, or why not.

use super::{row::Row, servers::Server};
use crate::{
    dialect::{CompileError, Dialect, Statement, Support},
    dsl::Schema,
    operation::{Feature, Operation, features},
    schema::DatabaseSchema,
};

pub(super) fn cell(server: &Server, row: &Row) -> String {
    match written(&*server.tested, row) {
        Ok(text) => text,
        Err(refusal) => {
            let later = server.later.iter().find_map(|(version, dialect)| {
                written(&**dialect, row).ok().map(|text| format!("*from {version}*: {text}<br>"))
            });
            format!("{}**refused**: {refusal}", later.unwrap_or_default())
        }
    }
}

/// The statements, or the reason and the alternative.
fn written(dialect: &dyn Dialect, row: &Row) -> Result<String, String> {
    let (before, shown) = row.recorded();
    let mut schema = DatabaseSchema::default();
    if features(&shown).into_iter().any(|feature| dialect.support(feature) != Support::Yes) {
        // Whatever comes before.
        return dialect.compile(&shown, &schema).map(|_| String::new()).map_err(|error| refusal(row, &error));
    }
    for operation in &before {
        dialect.compile(operation, &schema).map_err(|error| refusal(row, &error))?;
        dialect.fold(operation, &mut schema);
    }
    let statements = dialect.compile(&shown, &schema).map_err(|error| refusal(row, &error))?;
    let parts = match shown {
        Operation::CreateTable(_) => new_table(dialect, row, &statements),
        _ => changed(&statements),
    };
    Ok(parts.join("<br>"))
}

fn refusal(row: &Row, error: &CompileError) -> String {
    let CompileError::Unsupported { reason, alternative, .. } = error else {
        panic!("`{}`: {error}", row.written())
    };
    // The gate names the feature, which the row does already.
    let reason = match reason.strip_prefix('`').and_then(|rest| rest.split_once("`: ")) {
        Some((word, rest)) if row.feature.map(Feature::word) == Some(word) || row.code.contains(word) => rest,
        _ => reason,
    };
    format!("{reason}; {alternative}")
}

/// What a table says besides its name: its clauses, and the statements behind it.
fn new_table(dialect: &dyn Dialect, row: &Row, statements: &[Statement]) -> Vec<String> {
    let without = row.without.map(|body| {
        let recorded = Schema::record(body);
        let statements = dialect.compile(&recorded.operations[0], &DatabaseSchema::default()).unwrap();
        clauses(&statements[0].sql).1
    });
    let without = without.unwrap_or_default();
    let (head, inside, behind) = clauses(&statements[0].sql);
    let mut parts = Vec::new();
    if !matches!(head.as_str(), "CREATE TABLE \"t\"" | "CREATE TABLE `t`") {
        parts.push(quoted(&format!("{head} (…)")));
    }
    parts.extend(inside.iter().filter(|line| !without.contains(line)).map(|line| quoted(&plain(line))));
    if !behind.is_empty() {
        parts.push(quoted(&format!("){behind}")));
    }
    parts.extend(statements.iter().skip(1).map(|statement| quoted(&statement.sql)));
    parts
}

/// What stands before the parentheses of a `CREATE TABLE`, line by line between them, and behind them.
fn clauses(sql: &str) -> (String, Vec<String>, String) {
    let (head, inside) = sql.split_once(" (\n").unwrap();
    let (inside, behind) = inside.split_once("\n)").unwrap();
    let lines = inside.split(",\n").map(|line| line.trim().to_owned()).collect();
    (head.to_owned(), lines, behind.trim_end().to_owned())
}

fn changed(statements: &[Statement]) -> Vec<String> {
    let rebuilt = statements.iter().any(|statement| statement.sql.starts_with("CREATE TABLE"));
    if rebuilt && statements.len() > 2 {
        return vec!["a rebuild".to_owned()];
    }
    statements.iter().map(|statement| quoted(&statement.sql)).collect()
}

/// The line without the name of the column `c`, which says nothing.
fn plain(line: &str) -> String {
    let line = ["\"c\" ", "`c` "].iter().find_map(|name| line.strip_prefix(name)).unwrap_or(line);
    line.strip_suffix(" NULL").filter(|line| !line.ends_with(" NOT")).unwrap_or(line).to_owned()
}

fn quoted(sql: &str) -> String {
    let words: Vec<&str> = sql.split_whitespace().collect();
    format!("`{}`", words.join(" ").replace('`', "\""))
}
