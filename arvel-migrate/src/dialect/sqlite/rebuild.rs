//! The statements of a table rebuild: the procedure of SQLite's manual ("Making Other Kinds Of Table Schema Changes"),
//! for what `ALTER TABLE` can not do.
//!
//! Everything runs with foreign keys off, else dropping the old table would delete child rows; the first statement
//! fails when they are on. The new table takes its name with `legacy_alter_table`, else SQLite would refuse because
//! views and triggers name a table that is gone for the moment.

use super::{
    QUOTE, ddl,
    edit::{Edit, refuse_if_used},
    guard, options, sequence,
    shape::Shape,
};
use crate::dialect::{CompileError, Statement, quote};

/// What begins the name of the new table while there are two.
pub(super) const NEW: &str = "__arvel_new_";

/// From `before` to the edited shape.
pub(super) fn statements(before: &Shape, edit: &Edit<'_>) -> Result<Vec<Statement>, CompileError> {
    let after = &edit.shape;
    let gone: Vec<&String> = edit.dropped.iter().filter(|name| !after.has_column(name)).collect();
    for name in &gone {
        refuse_if_used(edit.context, after, name)?;
    }
    for expression in &edit.expressions {
        ddl::require_quoted(edit.context, edit.table, expression, |name| after.has_column(name))?;
    }
    if after.definition.option("rowid") && after.definition.primary_key().is_none() {
        let alternative = "add another primary key in the same `schema.table`";
        return Err(options::keyless(edit.context, alternative));
    }
    let name = after.definition.table();
    let new_name = format!("{NEW}{name}");
    let quoted = |name: &str| quote::identifier(name, QUOTE);
    let (old, new) = (quoted(&name), quoted(&new_name));
    let mut sql = vec![guard::FOREIGN_KEYS.to_owned()];
    sql.extend(edit.dropped_indexes.iter().map(|index| format!("DROP INDEX {}", quoted(index))));
    let copied = sql.len() + 1;
    sql.extend([after.create(&new_name), copy(before, edit, &old, &new)?]);
    if before.definition.auto_increment() && after.definition.auto_increment() {
        sql.extend(sequence::carry(after.temporary, &name, &new_name));
    }
    sql.push(format!("DROP TABLE {old}"));
    sql.push("PRAGMA legacy_alter_table = ON".to_owned());
    sql.push(format!("ALTER TABLE {new} RENAME TO {old}"));
    sql.push("PRAGMA legacy_alter_table = OFF".to_owned());
    sql.extend(edit.starting_value.into_iter().flat_map(|next| sequence::set(after.temporary, &name, next)));
    sql.extend(after.indexes.iter().chain(&after.triggers).map(|(_, sql)| sql.clone()));
    if !gone.is_empty() {
        sql.extend(trigger_checks(after, &old));
        // Only reading shows whether a view still finds its columns.
        sql.extend(after.views.iter().map(|(view, _)| format!("SELECT 1 FROM {} LIMIT 0", quoted(view))));
    }
    let mut statements: Vec<Statement> =
        sql.into_iter().map(|sql| Statement::new(sql).foreign_keys_off()).collect();
    statements[copied].guards.clone_from(&edit.guards);
    Ok(statements)
}

/// Every column that both tables have and that takes values, and the rowid where it is a column of neither.
fn copy(before: &Shape, edit: &Edit<'_>, old: &str, new: &str) -> Result<String, CompileError> {
    let after = &edit.shape.definition;
    let mut into = Vec::new();
    let mut from = Vec::new();
    let hidden = [&before.definition, after]
        .iter()
        .all(|definition| !definition.option("rowid") && definition.rowid_column().is_none());
    let free = |alias: &&&str| !before.has_column(alias) && after.column(alias).is_none();
    if hidden && let Some(alias) = ["rowid", "_rowid_", "oid"].iter().find(free) {
        into.push((*alias).to_owned());
        from.push((*alias).to_owned());
    }
    for (column, source) in &edit.copies {
        if after.column(column).is_none_or(|item| item.generated()) {
            continue;
        }
        into.push(quote::identifier(column, QUOTE));
        from.push(source.clone());
    }
    if into.is_empty() {
        return Err(edit.context.unsupported(
            "no column of the table stays, so its rows can not be kept",
            "create a new table and move the rows with `schema.sql(…)`",
        ));
    }
    Ok(format!("INSERT INTO {new} ({}) SELECT {} FROM {old}", into.join(", "), from.join(", ")))
}

/// Statements that do nothing but are refused when a trigger names a column that went: SQLite reads the bodies of
/// triggers only for the statements that fire them.
fn trigger_checks(after: &Shape, table: &str) -> Vec<String> {
    if after.triggers.is_empty() {
        return Vec::new();
    }
    let columns = after.definition.columns().filter(|(_, item)| !item.generated());
    let set: Vec<String> =
        columns.map(|(head, _)| quote::identifier(&head.name, QUOTE)).map(|c| format!("{c} = {c}")).collect();
    vec![
        format!("EXPLAIN INSERT INTO {table} DEFAULT VALUES"),
        format!("EXPLAIN UPDATE {table} SET {}", set.join(", ")),
        format!("EXPLAIN DELETE FROM {table}"),
    ]
}
