//! What a migration asks for, as values: recorded by the DSL, compiled by a dialect, never run by themselves.
//!
//! An operation is free of any database's spelling. Names of indexes and keys are already resolved, so that a drop
//! by columns and a create by columns meet. `down` is either written or the [`reverse`] of these.

mod canonical;
#[cfg(test)]
mod canonical_tests;
mod column;
mod reverse;
mod step;
mod table;

pub use canonical::canonical_text;
pub use column::{ColumnDef, ColumnType, DefaultValue, IndexRequest, Reference};
pub use reverse::{Irreversible, reverse};
pub use step::{DataFn, DataResult, DataStep, SqlStep};
pub use table::{
    CheckDef, ForeignKeyAction, ForeignKeyDef, IndexDef, IndexKind, PrimaryKeyDef, TableChange, TableDef,
    TableName,
};

/// One recorded change.
#[derive(Clone, Debug)]
pub enum Operation {
    /// A new table with its columns, keys and indexes.
    CreateTable(TableDef),
    /// Changes of one table, in the order in which they were written.
    AlterTable {
        /// The table.
        table: TableName,
        /// What changes.
        changes: Vec<TableChange>,
    },
    /// A new name for a table.
    RenameTable {
        /// The present name.
        from: TableName,
        /// The new name.
        to: TableName,
    },
    /// Removes a table and its rows.
    DropTable {
        /// The table.
        table: TableName,
        /// Whether an absent table is fine.
        if_exists: bool,
    },
    /// SQL as written.
    Sql(SqlStep),
    /// Code that works on the rows, in the migration's own transaction.
    Data(DataStep),
}

impl Operation {
    /// A short phrase for people: `create table posts`.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Operation::CreateTable(table) => format!("create table {}", table.name),
            Operation::AlterTable { table, changes } => match changes.as_slice() {
                [only] => format!("alter table {table}: {}", only.describe()),
                _ => format!("alter table {table}: {} changes", changes.len()),
            },
            Operation::RenameTable { from, to } => format!("rename table {from} to {to}"),
            Operation::DropTable { table, .. } => format!("drop table {table}"),
            Operation::Sql(step) => step.describe(),
            Operation::Data(step) => format!("run `{}`", step.name),
        }
    }
}
