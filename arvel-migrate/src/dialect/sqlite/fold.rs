//! What the schema is after an operation, without a database: the same edits of texts that compilation plans with.
//!
//! SQL as written, code, and a rename that a trigger or view mentions are not foreseen.

use super::{
    alter,
    compile::{self, Context, find, same_table},
    definition::Definition,
    index,
    shape::Shape,
    text,
};
use crate::{
    dialect::Capability,
    operation::{Operation, TableChange, TableDef, TableName},
    schema::{DatabaseSchema, Table},
};

pub(super) fn fold(capability: &Capability, operation: &Operation, schema: &mut DatabaseSchema) -> bool {
    let context = Context { capability, operation };
    match operation {
        Operation::CreateTable(table) => create(&context, table, schema),
        Operation::AlterTable { table, changes } => alter(&context, table, changes, schema),
        Operation::RenameTable { from, to } => rename(from, to, schema),
        Operation::DropTable { table, .. } => {
            // Behind a temporary table there may be another one of its name.
            let temporary = find(schema, table).is_some_and(|(_, table)| table.options.temporary);
            schema.tables.retain(|name, _| !same_table(name, table));
            !temporary
        }
        _ => false,
    }
}

fn create(context: &Context<'_>, table: &TableDef, schema: &mut DatabaseSchema) -> bool {
    let temporary = table.options.temporary;
    match find(schema, &table.name).map(|(_, there)| (there.options.temporary, temporary)) {
        // It hides the one of its name.
        None | Some((false, true)) => {}
        // It is made, and hidden.
        Some((true, false)) => return false,
        Some(_) => return table.if_not_exists,
    }
    let table = TableDef { if_not_exists: false, ..table.clone() };
    let Ok(statements) = super::ddl::create(context, &table) else { return false };
    let mut texts = statements.into_iter().map(|statement| statement.sql);
    // SQLite keeps the text without the word.
    let text = texts.next().map(|text| text.replacen("TEMPORARY ", "", 1));
    let Some(definition) = text.as_deref().and_then(Definition::parse) else { return false };
    let indexes = table.indexes.iter().map(|index| index.name.clone()).zip(texts).collect();
    let shape = Shape { temporary, definition, indexes, triggers: Vec::new(), views: Vec::new() };
    schema.tables.retain(|name, _| !same_table(name, &table.name));
    schema.tables.insert(table.name, shape.describe());
    true
}

/// A table that the schema does not hold stays unknown, which is no change.
fn alter(
    context: &Context<'_>,
    table: &TableName,
    changes: &[TableChange],
    schema: &mut DatabaseSchema,
) -> bool {
    let Some((key, before)) = find(schema, table) else {
        return compile::needs(context.operation).is_empty();
    };
    let key = key.clone();
    let Ok(altered) = alter::alter(context, table, changes, Some(before)) else { return false };
    let Some(after) = altered.after else { return false };
    let name = after.definition.table();
    schema.tables.insert(key.clone(), after.describe());
    let mut exact = altered.exact;
    for change in changes {
        let TableChange::RenameColumn { from, to } = change else { continue };
        for other in others(schema, &key) {
            exact &= !mentioned(other, &name, Some(from));
            edit(other, |shape| shape.definition.rename_parent(&name, None, Some((from, to))));
        }
    }
    exact
}

fn rename(from: &TableName, to: &TableName, schema: &mut DatabaseSchema) -> bool {
    let found = find(schema, from).map(|(key, _)| key.clone());
    let mut exact = true;
    let moved = found.and_then(|key| schema.tables.remove(&key));
    for table in schema.tables.values_mut() {
        exact &= !mentioned(table, &from.name, None);
        edit(table, |shape| shape.definition.rename_parent(&from.name, Some(&to.name), None));
    }
    if let Some(mut table) = moved {
        exact &= !mentioned(&table, &from.name, None);
        edit(&mut table, |shape| {
            shape.definition = shape.definition.renamed(&to.name);
            shape.definition.rename_parent(&from.name, Some(&to.name), None);
            for (_, sql) in &mut shape.indexes {
                *sql = index::rename(sql, None, Some(&to.name));
            }
        });
        schema.tables.insert(to.clone(), table);
    }
    exact
}

fn others<'s>(schema: &'s mut DatabaseSchema, key: &TableName) -> impl Iterator<Item = &'s mut Table> {
    schema.tables.iter_mut().filter(move |(name, _)| *name != key).map(|(_, table)| table)
}

/// Whether a trigger or view names the table, and the column where there is one.
fn mentioned(table: &Table, name: &str, column: Option<&str>) -> bool {
    table
        .triggers
        .iter()
        .chain(&table.views)
        .any(|(_, sql)| text::mentions(sql, name) && column.is_none_or(|column| text::mentions(sql, column)))
}

/// Edits a table's texts; a virtual table has none, and nothing in it refers to others.
fn edit(table: &mut Table, change: impl FnOnce(&mut Shape)) {
    if let Some(mut shape) = Shape::of(table) {
        change(&mut shape);
        *table = shape.describe();
    }
}
