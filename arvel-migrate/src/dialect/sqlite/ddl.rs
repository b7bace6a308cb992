//! The statements that need no look at what is there: creating, dropping and renaming whole tables and indexes.

use super::{QUOTE, compile::Context, text, types};
use crate::{
    dialect::{CompileError, Probe, Statement, quote},
    operation::{CheckDef, ForeignKeyDef, IndexDef, IndexKind, PrimaryKeyDef, TableDef, TableName},
};

/// `CREATE TABLE` with its indexes.
pub(super) fn create(context: &Context<'_>, table: &TableDef) -> Result<Vec<Statement>, CompileError> {
    let name = context.table(&table.name)?;
    if table.comment.is_some() {
        return Err(comment(context));
    }
    if table.primary_key.is_some() && table.columns.iter().any(|column| column.auto_increment) {
        return Err(context.unsupported(
            "a column that counts up is the primary key by itself",
            "leave the other primary key out, or make it a unique key",
        ));
    }
    let mut lines = Vec::new();
    for column in &table.columns {
        lines.push(types::column(context, name, column)?);
    }
    if let Some(key) = &table.primary_key {
        lines.push(primary_key(context, key)?);
    }
    for key in &table.foreign_keys {
        lines.push(foreign_key(context, key)?);
    }
    for check in &table.checks {
        lines.push(self::check(context, check)?);
        require_quoted(context, &table.name, &check.expression, |name| {
            table.columns.iter().any(|column| column.name.eq_ignore_ascii_case(name))
        })?;
    }
    let guard = if table.if_not_exists { " IF NOT EXISTS" } else { "" };
    let sql =
        format!("CREATE TABLE{guard} {} (\n    {}\n)", quote::identifier(name, QUOTE), lines.join(",\n    "));
    let mut out = vec![Statement::new(sql).probed(Probe::TableExists(table.name.clone()))];
    for index in &table.indexes {
        let sql = create_index(context, name, index, table.if_not_exists)?;
        let probe = Probe::IndexExists(table.name.clone(), index.name.clone());
        out.push(Statement::new(sql).probed(probe));
    }
    Ok(out)
}

/// `DROP TABLE`. With foreign keys on SQLite would delete the rows first, and their children with them; other databases
/// refuse while there are children, and so does the check of all keys before COMMIT.
pub(super) fn drop(
    context: &Context<'_>,
    table: &TableName,
    if_exists: bool,
) -> Result<Vec<Statement>, CompileError> {
    let name = quote::identifier(context.table(table)?, QUOTE);
    let guard = if if_exists { "IF EXISTS " } else { "" };
    let statement = Statement::new(format!("DROP TABLE {guard}{name}"));
    Ok(vec![statement.probed(Probe::TableMissing(table.clone())).foreign_keys_off()])
}

/// `ALTER TABLE … RENAME TO`; SQLite follows it in keys, triggers and views.
pub(super) fn rename(
    context: &Context<'_>,
    from: &TableName,
    to: &TableName,
) -> Result<Vec<Statement>, CompileError> {
    let sql = format!(
        "ALTER TABLE {} RENAME TO {}",
        quote::identifier(context.table(from)?, QUOTE),
        quote::identifier(context.table(to)?, QUOTE)
    );
    Ok(vec![Statement::new(sql).probed(Probe::TableExists(to.clone()))])
}

/// `CREATE [UNIQUE] INDEX`.
pub(super) fn create_index(
    context: &Context<'_>,
    table: &str,
    index: &IndexDef,
    if_not_exists: bool,
) -> Result<String, CompileError> {
    context.name(&index.name)?;
    context.names(&index.columns)?;
    let unique = match index.kind {
        IndexKind::Index => "",
        IndexKind::Unique => "UNIQUE ",
    };
    Ok(format!(
        "CREATE {unique}INDEX {}{} ON {} ({})",
        if if_not_exists { "IF NOT EXISTS " } else { "" },
        quote::identifier(&index.name, QUOTE),
        quote::identifier(table, QUOTE),
        quote::list(&index.columns, QUOTE)
    ))
}

/// `CONSTRAINT … PRIMARY KEY (…)`.
pub(super) fn primary_key(context: &Context<'_>, key: &PrimaryKeyDef) -> Result<String, CompileError> {
    context.name(&key.name)?;
    context.names(&key.columns)?;
    Ok(format!(
        "CONSTRAINT {} PRIMARY KEY ({})",
        quote::identifier(&key.name, QUOTE),
        quote::list(&key.columns, QUOTE)
    ))
}

/// `CONSTRAINT … FOREIGN KEY (…) REFERENCES …`; without columns it stands at its column.
pub(super) fn foreign_key(context: &Context<'_>, key: &ForeignKeyDef) -> Result<String, CompileError> {
    context.name(&key.name)?;
    context.names(&key.columns)?;
    context.names(&key.referenced_columns)?;
    let mut out = format!("CONSTRAINT {} ", quote::identifier(&key.name, QUOTE));
    if !key.columns.is_empty() {
        out.push_str(&format!("FOREIGN KEY ({}) ", quote::list(&key.columns, QUOTE)));
    }
    out.push_str(&format!(
        "REFERENCES {} ({})",
        quote::identifier(context.table(&key.references)?, QUOTE),
        quote::list(&key.referenced_columns, QUOTE)
    ));
    if let Some(action) = key.on_delete {
        out.push_str(&format!(" ON DELETE {}", action.sql()));
    }
    if let Some(action) = key.on_update {
        out.push_str(&format!(" ON UPDATE {}", action.sql()));
    }
    Ok(out)
}

/// `CONSTRAINT … CHECK (…)`.
pub(super) fn check(context: &Context<'_>, check: &CheckDef) -> Result<String, CompileError> {
    context.name(&check.name)?;
    Ok(format!("CONSTRAINT {} CHECK ({})", quote::identifier(&check.name, QUOTE), check.expression))
}

/// Refuses a check in which a name in double quotes is no column: SQLite would take it for a text, in silence.
pub(super) fn require_quoted(
    context: &Context<'_>,
    table: &TableName,
    expression: &str,
    is_column: impl Fn(&str) -> bool,
) -> Result<(), CompileError> {
    let tokens = text::tokens(expression);
    let quoted = tokens.iter().filter(|token| token.text.starts_with('"')).map(text::Token::name);
    match quoted.into_iter().find(|name| !is_column(name)) {
        Some(name) => Err(context.missing(table, "column", &name)),
        None => Ok(()),
    }
}

/// The refusal of a table's comment.
pub(super) fn comment(context: &Context<'_>) -> CompileError {
    context.unsupported(
        "SQLite keeps no comments",
        "leave the comment out, or add it for the other databases with `schema.sql_for(…)`",
    )
}
