//! Tables as a whole: create, rename, drop, and their comment. What stands inside is in [`column`](super::column),
//! [`constraint`](super::constraint) and [`index`](super::index).

use crate::{
    dialect::{CompileError, Probe, Statement, quote, scope::Scope},
    operation::{PrimaryKeyDef, TableDef, TableName},
    schema::Table,
};

use super::{
    column, constraint, fold,
    index::{self, Build},
    options, partition,
};

/// Creates a table. `present` is the table of that name, if it was asked for and is there.
pub(super) fn create(
    scope: &Scope<'_>,
    table: &TableDef,
    present: Option<&Table>,
) -> Result<Vec<Statement>, CompileError> {
    let name = scope.table(&table.name)?;
    let columns = fold::columns(table);
    let (constraints, indexes): (Vec<_>, Vec<_>) =
        table.indexes.iter().partition(|index| index::is_constraint(index));
    let mut parts = Vec::new();
    for def in &table.columns {
        parts.push(column::definition(scope, &table.name, def)?);
    }
    if let Some(key) = primary_key(table) {
        parts.push(constraint::primary(scope, &key)?);
    }
    for def in &constraints {
        parts.push(index::constraint(scope, def)?);
    }
    let mut behind = Vec::new();
    for key in &table.foreign_keys {
        let part = constraint::foreign(scope, key)?;
        if key.mode.not_valid { &mut behind } else { &mut parts }.push(part);
    }
    for def in &table.checks {
        let part = constraint::check(scope, def)?;
        if def.mode.not_valid { &mut behind } else { &mut parts }.push(part);
    }
    for def in &table.exclusions {
        parts.push(constraint::exclusion(scope, def, &columns)?);
    }
    let condition = if table.if_not_exists { "IF NOT EXISTS " } else { "" };
    let split = partition::clause(scope, table)?;
    let (kind, options) = options::of_create(scope, table)?;
    let body = parts.join(",\n    ");
    let sql = format!("CREATE {kind}TABLE {condition}{name} (\n    {body}\n){split}{options}");
    let mut statements = vec![Statement::new(sql).probed(Probe::TableExists(table.name.clone()))];
    if table.if_not_exists && present.is_some() {
        // What follows would be done to a table of any shape.
        return Ok(statements);
    }
    for partition in partition::with_table(table) {
        statements.push(partition::create(scope, &partition, kind)?);
    }
    for part in behind {
        statements.push(Statement::new(format!("ALTER TABLE {name} ADD {part} NOT VALID")));
    }
    for def in indexes {
        statements.push(index::create(scope, &table.name, def, &columns, Build::Plain)?);
    }
    if let Some(text) = &table.comment {
        statements.push(comment(scope, &table.name, Some(text))?);
    }
    for def in &table.columns {
        if let Some(text) = &def.comment {
            statements.push(column::comment(scope, &table.name, &def.name, text)?);
        }
    }
    for def in &table.indexes {
        statements.extend(index::comment(scope, &table.name, def)?);
    }
    Ok(statements)
}

/// The primary key as defined, or that of the auto-increment column.
pub(super) fn primary_key(table: &TableDef) -> Option<PrimaryKeyDef> {
    let auto = table.columns.iter().find(|column| column.auto_increment);
    table.primary_key.clone().or_else(|| auto.map(|def| column::auto_key(&table.name, def)))
}

/// `COMMENT ON TABLE`.
pub(super) fn comment(
    scope: &Scope<'_>,
    table: &TableName,
    text: Option<&str>,
) -> Result<Statement, CompileError> {
    let text = text.map_or_else(|| "NULL".to_owned(), quote::text);
    let sql = format!("COMMENT ON TABLE {} IS {text}", scope.table(table)?);
    Ok(Statement::new(sql).probed(Probe::Repeatable))
}

/// Gives a table another name, and moves it when both names have a schema and they differ.
pub(super) fn rename(
    scope: &Scope<'_>,
    from: &TableName,
    to: &TableName,
) -> Result<Vec<Statement>, CompileError> {
    if from.schema.is_some() != to.schema.is_some() {
        return Err(scope.unsupported(
            "one name has a schema and the other has not, so that it is open whether the table moves",
            "write the schema in both names, or in neither",
        ));
    }
    let mut statements = Vec::new();
    let mut present = from.clone();
    if from.schema != to.schema
        && let Some(schema) = &to.schema
    {
        let sql = format!("ALTER TABLE {} SET SCHEMA {}", scope.table(from)?, scope.ident(schema)?);
        statements.push(Statement::new(sql).probed(Probe::TableMissing(from.clone())));
        present.schema = to.schema.clone();
    }
    if present.name != to.name {
        let sql = format!("ALTER TABLE {} RENAME TO {}", scope.table(&present)?, scope.ident(&to.name)?);
        statements.push(Statement::new(sql).probed(Probe::TableExists(to.clone())));
    }
    Ok(statements)
}

/// Removes a table. Never with CASCADE: what depends on it is named by the server's error.
pub(super) fn drop(
    scope: &Scope<'_>,
    table: &TableName,
    if_exists: bool,
) -> Result<Vec<Statement>, CompileError> {
    let condition = if if_exists { "IF EXISTS " } else { "" };
    let sql = format!("DROP TABLE {condition}{}", scope.table(table)?);
    Ok(vec![Statement::new(sql).probed(Probe::TableMissing(table.clone()))])
}
