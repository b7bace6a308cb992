//! Foreign keys and what they reference, where the parent's shape is known: made in the same step, or looked at.
//!
//! Pure. Where the parent is not known the database answers; SQLite would do so only when rows are written.

use crate::{
    dialect::CompileError,
    operation::{ForeignKeyDef, IndexColumn, IndexKind, Operation, TableChange, TableName},
    schema::{DatabaseSchema, Index, Table, Wanted},
};

/// The parents that are worth a look before the operation: those of keys that reference something else than an `id`,
/// which is the primary key nearly everywhere; all of them where the database does not look by itself.
pub(super) fn worth_a_look(operation: &Operation, all: bool) -> Wanted {
    let unusual = |key: &&ForeignKeyDef| all || key.referenced_columns != ["id"];
    added(operation).filter(unusual).map(|key| Wanted::table(key.references.clone())).collect()
}

/// Refuses a key of this operation whose parent is known and can not be one. `after` is what the operation leaves.
pub(super) fn check(operation: &Operation, after: &DatabaseSchema) -> Result<(), CompileError> {
    for key in added(operation) {
        let Some(parent) = after.table(&key.references) else { continue };
        for column in &key.referenced_columns {
            if !parent.columns.iter().any(|there| there.name.eq_ignore_ascii_case(column)) {
                return Err(CompileError::Missing {
                    operation: operation.describe(),
                    table: key.references.clone(),
                    what: "column",
                    name: column.clone(),
                });
            }
        }
        if !is_unique(parent, &key.referenced_columns) {
            return Err(CompileError::NoUniqueParent {
                operation: operation.describe(),
                key: key.name.clone(),
                parent: key.references.clone(),
                columns: key.referenced_columns.clone(),
            });
        }
    }
    Ok(())
}

/// Refuses a key of this operation to a table that is not there once the whole migration has run. Tables may reference
/// each other in a circle, so this is asked at the end.
pub(super) fn must_be_there(operation: &Operation, at_the_end: &DatabaseSchema) -> Result<(), CompileError> {
    let there =
        |name: &TableName| at_the_end.tables.keys().any(|table| table.name.eq_ignore_ascii_case(&name.name));
    let table = match operation {
        Operation::CreateTable(table) => &table.name,
        Operation::AlterTable { table, .. } => table,
        _ => return Ok(()),
    };
    // As it is at the end: the key may be gone again, or its parent have another name.
    let Some(table) = at_the_end.table(table) else { return Ok(()) };
    for key in added(operation) {
        let left = table.foreign_keys.iter().find(|left| left.columns == key.columns);
        if let Some(left) = left.filter(|left| !there(&left.references)) {
            return Err(CompileError::MissingTable {
                operation: format!("{}: foreign key {}", operation.describe(), key.name),
                table: left.references.clone(),
            });
        }
    }
    Ok(())
}

/// The keys that an operation adds.
fn added(operation: &Operation) -> impl Iterator<Item = &ForeignKeyDef> {
    let (created, changes): (&[ForeignKeyDef], &[TableChange]) = match operation {
        Operation::CreateTable(table) => (&table.foreign_keys, &[]),
        Operation::AlterTable { changes, .. } => (&[], changes),
        _ => (&[], &[]),
    };
    created.iter().chain(changes.iter().filter_map(|change| match change {
        TableChange::AddForeignKey(key) => Some(key),
        _ => None,
    }))
}

/// Whether no two rows of the parent can agree in exactly these columns.
fn is_unique(parent: &Table, columns: &[String]) -> bool {
    let primary = parent.primary_key.iter().map(|key| key.columns.iter().map(String::as_str).collect());
    let unique = parent.indexes.iter().filter(|index| is_whole(index)).map(Index::texts);
    primary.chain(unique).any(|key: Vec<&str>| {
        key.len() == columns.len()
            && columns.iter().all(|column| key.iter().any(|part| part.eq_ignore_ascii_case(column)))
    })
}

/// A unique key over whole columns of all rows, which holds at every moment.
fn is_whole(index: &Index) -> bool {
    let whole = |part: &IndexColumn| part.name().is_some() && part.length.is_none();
    index.kind == IndexKind::Unique
        && index.predicate.is_none()
        && index.deferrable.is_none()
        && !index.invalid
        && index.columns.iter().all(whole)
}
