//! What happens when a closure ends: requests of single columns become keys and indexes of the table.

use super::{Blueprint, DslError, conventional_name};
use crate::operation::{
    CheckDef, ColumnDef, ForeignKeyDef, IndexDef, IndexKind, Misuse, Position, PrimaryKeyDef, TableChange,
    TableDef, TableName,
};

impl Blueprint {
    /// The recorded changes with the requests of single columns lifted out: their keys and indexes follow the columns.
    pub(super) fn into_changes(self) -> (Vec<TableChange>, Vec<DslError>) {
        let (table, mut errors) = (self.table, self.errors);
        if self.partition_by.is_some() {
            errors.push(DslError::OnlyInCreate { table: table.to_string(), what: "partition_by_…(…)" });
        }
        let mut changes = Vec::with_capacity(self.changes.len());
        let mut lifted = Vec::new();
        for change in self.changes {
            match change {
                TableChange::AddColumn(mut column) => {
                    errors.extend(column.misuse.take().map(|misuse| misused(&table, &column, misuse)));
                    lift(&table, &mut column, &mut lifted);
                    changes.push(match column.change {
                        true => TableChange::ChangeColumn(column),
                        false => TableChange::AddColumn(column),
                    });
                }
                other => changes.insert(place_of(&other, &changes), other),
            }
        }
        // Indexes come before foreign keys: MySQL would otherwise make one of its own for the key.
        lifted.sort_by_key(|change| matches!(change, TableChange::AddForeignKey(_)));
        changes.extend(lifted);
        (changes, errors)
    }

    pub(super) fn into_table(mut self, if_not_exists: bool) -> (TableDef, Vec<DslError>) {
        let name = self.table.clone();
        let partition_by = self.partition_by.take();
        let (changes, mut errors) = self.into_changes();
        let mut table = TableDef { name: name.clone(), partition_by, if_not_exists, ..TableDef::default() };
        for change in changes {
            match change {
                TableChange::AddColumn(column) => {
                    if let Err(error) = place(&mut table, column) {
                        errors.push(error);
                    }
                }
                TableChange::AddPrimaryKey(key) if table.primary_key.is_none() => {
                    table.primary_key = Some(key)
                }
                TableChange::AddPrimaryKey(_) => {
                    errors.push(DslError::TwoPrimaryKeys { table: name.to_string() })
                }
                TableChange::AddIndex(index) => table.indexes.push(index),
                TableChange::AddForeignKey(key) => table.foreign_keys.push(key),
                TableChange::AddCheck(check) => table.checks.push(check),
                TableChange::Comment(comment) => table.comment = comment,
                TableChange::AddExclusion(exclusion) => table.exclusions.push(exclusion),
                TableChange::Options(options) => table.options = options,
                other => {
                    errors.push(DslError::NotInCreate { table: name.to_string(), change: other.describe() })
                }
            }
        }
        (table, errors)
    }
}

/// Where a change stands: the drop of a key, index or check before the columns that go right before it. One database takes it
/// away with the column, so that it is not there any more; another refuses to drop the column.
fn place_of(change: &TableChange, changes: &[TableChange]) -> usize {
    let is_first = matches!(
        change,
        TableChange::DropForeignKey { .. }
            | TableChange::DropIndex { .. }
            | TableChange::DropPrimaryKey { .. }
            | TableChange::DropCheck { .. }
            | TableChange::DropExclusion { .. }
    );
    let column = |change: &TableChange| matches!(change, TableChange::DropColumn { .. });
    match is_first {
        true => changes.iter().rposition(|change| !column(change)).map_or(0, |at| at + 1),
        false => changes.len(),
    }
}

/// Puts a column of a new table where it belongs: there its place is its number, on every database.
fn place(table: &mut TableDef, mut column: ColumnDef) -> Result<(), DslError> {
    let end = table.columns.len();
    let (at, result) = match column.position.take() {
        None => (end, Ok(())),
        Some(Position::First) => (0, Ok(())),
        Some(Position::After(other)) => match table.columns.iter().position(|column| column.name == other) {
            Some(at) => (at + 1, Ok(())),
            None => {
                let (table, name) = (table.name.to_string(), column.name.clone());
                let what = "the place of column";
                (end, Err(DslError::UnknownColumn { table, what, name, column: other }))
            }
        },
    };
    table.columns.insert(at, column);
    result
}

fn misused(table: &TableName, column: &ColumnDef, misuse: Misuse) -> DslError {
    let (table, column) = (table.to_string(), column.name.clone());
    match misuse {
        Misuse::Both(one, other) => DslError::Conflict { table, column, one, other },
        Misuse::NotOfType(modifier, needs) => DslError::NotOfType { table, column, modifier, needs },
    }
}

/// In this order the indexes of one column are recorded, whatever the order in which they were written.
const ORDER: [IndexKind; 5] =
    [IndexKind::Unique, IndexKind::Index, IndexKind::FullText, IndexKind::Spatial, IndexKind::Vector];

/// Moves a column's own keys and indexes to the table. An auto-increment column keeps its key: dialects spell it there.
fn lift(table: &TableName, column: &mut ColumnDef, lifted: &mut Vec<TableChange>) {
    let named = |kind: &str| conventional_name(&table.name, &[&column.name], kind);
    let columns = vec![column.name.clone()];
    if column.primary && !column.auto_increment {
        let key = PrimaryKeyDef { name: named("primary"), columns: columns.clone() };
        lifted.push(TableChange::AddPrimaryKey(key));
    }
    for kind in ORDER.into_iter().filter(|kind| column.indexes.contains(kind)) {
        lifted.push(TableChange::AddIndex(IndexDef::over(named(kind.word()), &columns, kind)));
    }
    if let Some(expression) = column.check.clone() {
        let check = CheckDef { name: named("check"), expression, mode: column.mode };
        lifted.push(TableChange::AddCheck(check));
    }
    if let Some(reference) = column.references.clone() {
        lifted.push(TableChange::AddForeignKey(ForeignKeyDef {
            name: reference.name.unwrap_or_else(|| named("foreign")),
            columns,
            references: reference.table,
            referenced_columns: vec![reference.column],
            on_delete: reference.on_delete,
            on_update: reference.on_update,
            deferrable: reference.deferrable,
            match_full: false,
            mode: reference.mode,
        }));
    }
    column.indexes.clear();
    column.check = None;
    column.references = None;
    column.primary &= column.auto_increment;
}
