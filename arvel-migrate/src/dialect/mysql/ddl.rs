//! Tables as a whole: create, rename, drop.
//!
//! A table and its keys, indexes and comments are one statement: it is there whole, or not at all.

use crate::{
    dialect::{CompileError, Probe, Statement, scope::Scope},
    operation::{TableDef, TableName},
    schema::Table,
};

use super::{column, constraint, facts::Facts, fold, index, literal, options, partition};

/// Creates a table.
pub(super) fn create(
    scope: &Scope<'_>,
    facts: &Facts,
    table: &TableDef,
) -> Result<Vec<Statement>, CompileError> {
    let whole = fold::create(facts, table);
    let primary_key = table.primary_key.is_some().then(|| whole.primary_key.clone()).flatten();
    let bare = Table { options: whole.options.clone(), primary_key, ..Table::default() };
    let mut parts = Vec::new();
    for def in &table.columns {
        if def.position.is_some() {
            return Err(scope.unsupported(
                format!("column `{}` of a new table is given a place", def.name),
                "write the columns in the order in which they are to stand",
            ));
        }
        parts.push(column::new(scope, facts, def, &bare)?);
    }
    if let Some(key) = &table.primary_key {
        parts.push(constraint::primary(scope, &key.columns)?);
    }
    for def in &table.indexes {
        parts.push(index::index(scope, facts, def, Some(&whole))?);
    }
    for key in &table.foreign_keys {
        parts.push(constraint::foreign(scope, key)?);
    }
    for def in &table.checks {
        parts.push(constraint::check(scope, def)?);
    }
    let temporary = if table.options.temporary { "TEMPORARY " } else { "" };
    let condition = if table.if_not_exists { "IF NOT EXISTS " } else { "" };
    let name = scope.table(&table.name)?;
    let mut sql = format!("CREATE {temporary}TABLE {condition}{name} (\n    {}\n)", parts.join(",\n    "));
    let starts = table.columns.iter().filter_map(|column| column.starting_value);
    let mut options: Vec<String> = starts.map(|start| format!("AUTO_INCREMENT = {start}")).collect();
    options.extend(options::clauses(facts, &table.options).map_err(|refusal| refusal.of(scope))?);
    if let Some(text) = &table.comment {
        options::check_comment(text).map_err(|refusal| refusal.of(scope))?;
        options.push(format!("COMMENT = {}", literal::text(text)));
    }
    for option in options {
        sql.push_str(&format!(" {option}"));
    }
    if let Some(by) = &table.partition_by {
        sql.push_str(&format!("\n{}", partition::clause(scope, facts, table, by)?));
    }
    Ok(vec![Statement::new(sql).probed(Probe::TableExists(table.name.clone()))])
}

/// Gives a table another name; also moves it to another database.
pub(super) fn rename(
    scope: &Scope<'_>,
    from: &TableName,
    to: &TableName,
) -> Result<Vec<Statement>, CompileError> {
    let sql = format!("RENAME TABLE {} TO {}", scope.table(from)?, scope.table(to)?);
    Ok(vec![Statement::new(sql).probed(Probe::TableExists(to.clone()))])
}

/// Removes a table.
pub(super) fn drop(
    scope: &Scope<'_>,
    table: &TableName,
    if_exists: bool,
) -> Result<Vec<Statement>, CompileError> {
    let condition = if if_exists { "IF EXISTS " } else { "" };
    let sql = format!("DROP TABLE {condition}{}", scope.table(table)?);
    Ok(vec![Statement::new(sql).probed(Probe::TableMissing(table.clone()))])
}
