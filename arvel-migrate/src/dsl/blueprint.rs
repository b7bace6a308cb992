//! One table under construction or under change: what its closure records.
//!
//! The methods stand in the files of their nouns (`columns`, `index`, `foreign`, …); here is what they share.

use super::{DslError, conventional_name};
use crate::operation::{ColumnDef, ColumnType, IndexColumn, PartitionBy, Position, TableChange, TableName};

/// What a closure of [`Schema::create`](super::Schema::create) or [`Schema::table`](super::Schema::table) works on.
///
/// Every method records, and what it returns takes further words: no closing call is needed. When one thing is said
/// twice (`.default(1).default(2)`), the last word counts; two things of which only one can hold (`virtual_as` and
/// `stored_as`) are a mistake that stops the plan.
pub struct Blueprint {
    pub(super) table: TableName,
    pub(super) changes: Vec<TableChange>,
    pub(super) partition_by: Option<PartitionBy>,
    pub(super) errors: Vec<DslError>,
}

impl Blueprint {
    pub(super) fn new(table: TableName) -> Self {
        Self { table, changes: Vec::new(), partition_by: None, errors: Vec::new() }
    }

    /// Adds a column of any type.
    pub fn column(&mut self, name: &str, kind: ColumnType) -> &mut ColumnDef {
        match self.push(TableChange::AddColumn(ColumnDef::new(name, kind))) {
            TableChange::AddColumn(column) => column,
            _ => unreachable!("pushed on the line above"),
        }
    }

    /// Adds columns behind an existing one, in the order in which they are written:
    /// `table.after("email", |table| { table.string("phone"); table.string("fax"); })`.
    pub fn after(&mut self, column: &str, build: impl FnOnce(&mut Self)) {
        let first = self.changes.len();
        build(self);
        self.place(first, column);
    }

    fn place(&mut self, first: usize, column: &str) {
        let mut before = column.to_owned();
        for change in self.changes.iter_mut().skip(first) {
            if let TableChange::AddColumn(column) = change {
                let place = std::mem::replace(&mut before, column.name.clone());
                column.position.get_or_insert(Position::After(place));
            }
        }
    }

    pub(super) fn push(&mut self, change: TableChange) -> &mut TableChange {
        let at = self.changes.len();
        self.changes.push(change);
        &mut self.changes[at]
    }

    /// The conventional name of a key over plain columns.
    pub(super) fn name<S: AsRef<str>>(&self, columns: &[S], kind: &str) -> String {
        conventional_name(&self.table.name, columns, kind)
    }

    /// The conventional name of a key over columns and expressions: of an expression its letters and digits.
    pub(super) fn name_over(&self, parts: &[IndexColumn], kind: &str) -> String {
        let words: Vec<String> = parts.iter().map(IndexColumn::word).collect();
        self.name(&words, kind)
    }
}
