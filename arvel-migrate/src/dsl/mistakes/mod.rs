//! What can be seen to be wrong before anybody asks a database. Pure: recorded values in, mistakes out.
//!
//! Only what is wrong on every database is refused here. What one database can not do is the answer of its dialect,
//! and what depends on the tables that are there is found when a step is compiled.

mod column;
mod default;
mod index;
mod key;
mod names;
mod objects;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

pub(super) use objects::of_object;

use super::DslError;
use crate::operation::{TableChange, TableDef, TableName};

/// The mistakes of one table, in the order in which they are found.
struct Mistakes {
    table: String,
    found: Vec<DslError>,
}

impl Mistakes {
    fn of(table: &TableName) -> Self {
        let mut mistakes = Self { table: table.to_string(), found: Vec::new() };
        mistakes.table_name("table", table);
        mistakes
    }
}

/// The mistakes of a new table.
pub(super) fn of_table(table: &TableDef) -> Vec<DslError> {
    let mut mistakes = Mistakes::of(&table.name);
    if table.columns.is_empty() {
        mistakes.found.push(DslError::NoColumns { table: mistakes.table.clone() });
    }
    let changes = as_changes(table);
    mistakes.changes(&changes);
    mistakes.unknown_columns(table);
    let auto = table.columns.iter().filter(|column| column.auto_increment).count();
    if auto > 1 || (auto == 1 && table.primary_key.is_some()) {
        mistakes.found.push(DslError::TwoPrimaryKeys { table: mistakes.table.clone() });
    }
    mistakes.found
}

/// The mistakes of changes of a table.
pub(super) fn of_changes(table: &TableName, changes: &[TableChange]) -> Vec<DslError> {
    let mut mistakes = Mistakes::of(table);
    if changes.is_empty() {
        mistakes.found.push(DslError::NothingRecorded { table: mistakes.table.clone() });
    }
    for change in changes {
        if let TableChange::Options(options) = change
            && options.temporary
        {
            let table = mistakes.table.clone();
            mistakes.found.push(DslError::OnlyInCreate { table, what: "temporary()" });
        }
    }
    mistakes.changes(changes);
    mistakes.found
}

/// The name of a table that is dropped or renamed.
pub(super) fn of_name(table: &TableName) -> Vec<DslError> {
    Mistakes::of(table).found
}

impl Mistakes {
    fn changes(&mut self, changes: &[TableChange]) {
        for change in changes {
            self.names(change);
            match change {
                TableChange::AddColumn(column) | TableChange::ChangeColumn(column) => self.column(column),
                TableChange::AddIndex(index) => self.index(index),
                TableChange::AddPrimaryKey(key) => self.primary_key(key, changes),
                TableChange::AddForeignKey(key) => self.foreign_key(key, changes),
                TableChange::AddCheck(check) => {
                    self.expression(&check.expression, || format!("check `{}`", check.name))
                }
                TableChange::AddExclusion(exclusion) => self.exclusion(exclusion),
                _ => {}
            }
        }
        self.duplicate_columns(changes);
        self.duplicate_names(changes);
    }

    /// Columns that are there twice when the changes are done one after the other.
    fn duplicate_columns(&mut self, changes: &[TableChange]) {
        let mut there = BTreeSet::new();
        for change in changes {
            let added = match change {
                TableChange::AddColumn(column) => &column.name,
                TableChange::RenameColumn { from, to } => {
                    there.remove(&from.to_lowercase());
                    to
                }
                TableChange::DropColumn { name } => {
                    there.remove(&name.to_lowercase());
                    continue;
                }
                _ => continue,
            };
            if !there.insert(added.to_lowercase()) {
                let error = DslError::DuplicateColumn { table: self.table.clone(), column: added.clone() };
                self.found.push(error);
            }
        }
    }

    fn expression(&mut self, sql: &str, what: impl FnOnce() -> String) {
        if sql.trim().is_empty() {
            self.found.push(DslError::EmptyExpression { table: self.table.clone(), what: what() });
        }
    }
}

/// A new table as the changes that would make it.
fn as_changes(table: &TableDef) -> Vec<TableChange> {
    let columns = table.columns.iter().cloned().map(TableChange::AddColumn);
    let primary = table.primary_key.iter().cloned().map(TableChange::AddPrimaryKey);
    let indexes = table.indexes.iter().cloned().map(TableChange::AddIndex);
    let foreign = table.foreign_keys.iter().cloned().map(TableChange::AddForeignKey);
    let checks = table.checks.iter().cloned().map(TableChange::AddCheck);
    let exclusions = table.exclusions.iter().cloned().map(TableChange::AddExclusion);
    let options = std::iter::once(TableChange::Options(table.options.clone()));
    columns
        .chain(primary)
        .chain(indexes)
        .chain(foreign)
        .chain(checks)
        .chain(exclusions)
        .chain(options)
        .collect()
}
