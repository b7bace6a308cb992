//! The statements that need no look at what is there: creating, dropping and renaming whole tables and indexes.

use super::{
    QUOTE, column,
    compile::{self, Context},
    index, options, sequence, text,
    types::Spelling,
};
use crate::{
    dialect::{CompileError, Probe, Statement, quote},
    operation::{CheckDef, ForeignKeyDef, PrimaryKeyDef, TableDef, TableName},
};

/// `CREATE TABLE` with its indexes.
pub(super) fn create(context: &Context<'_>, table: &TableDef) -> Result<Vec<Statement>, CompileError> {
    let name = context.table(&table.name)?;
    if table.primary_key.is_some() && table.columns.iter().any(|column| column.auto_increment) {
        return Err(context.unsupported(
            "a column that counts up is the primary key by itself",
            "leave the other primary key out, or make it a unique key",
        ));
    }
    let has = |name: &str| table.columns.iter().any(|column| column.name.eq_ignore_ascii_case(name));
    let columns =
        table.columns_in_order().map_err(|anchor| context.missing(&table.name, "column", anchor))?;
    let (kind, options) = options::of_create(context, table)?;
    let spelling = Spelling { strict: table.options.strict == Some(true) };
    let mut lines = Vec::new();
    for column in columns {
        lines.push(column::definition(context, name, column, spelling)?);
        if let Some(generated) = &column.generated {
            require_quoted(context, &table.name, &generated.expression, has)?;
        }
    }
    if let Some(key) = &table.primary_key {
        lines.push(primary_key(context, key)?);
    }
    for key in &table.foreign_keys {
        lines.push(foreign_key(context, key)?);
        require_own_parent(context, &table.name, key, has)?;
    }
    for check in &table.checks {
        lines.push(self::check(context, check)?);
        require_quoted(context, &table.name, &check.expression, has)?;
    }
    let guard = if table.if_not_exists { " IF NOT EXISTS" } else { "" };
    let (quoted, lines) = (quote::identifier(name, QUOTE), lines.join(",\n    "));
    let sql = format!("CREATE {kind}TABLE{guard} {quoted} (\n    {lines}\n){options}");
    let mut out = vec![Statement::new(sql).probed(Probe::TableExists(table.name.clone()))];
    for index in &table.indexes {
        index::require_columns(context, &table.name, index, has)?;
        let sql = index::create(context, name, index, table.if_not_exists)?;
        let probe = Probe::IndexExists(table.name.clone(), index.name.clone());
        out.push(Statement::new(sql).probed(probe));
    }
    if let Some(first) = table.columns.iter().find_map(|column| column.starting_value) {
        let sql = sequence::begin(table.options.temporary, name, first);
        out.push(Statement::new(sql).probed(Probe::Repeatable));
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
    if let Some(deferrable) = key.deferrable {
        out.push_str(&format!(" {}", deferrable.sql()));
    }
    Ok(out)
}

/// Refuses a key to a column of its own table that is not there: SQLite takes it, and then can check no key at all.
pub(super) fn require_own_parent(
    context: &Context<'_>,
    table: &TableName,
    key: &ForeignKeyDef,
    has: impl Fn(&str) -> bool,
) -> Result<(), CompileError> {
    let own = compile::same_table(&key.references, table);
    match key.referenced_columns.iter().find(|name| own && !has(name)) {
        Some(name) => Err(context.missing(table, "column", name)),
        None => Ok(()),
    }
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
