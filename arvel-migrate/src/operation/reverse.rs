//! The exact way back of recorded operations, or the reason why there is none.

use super::{Operation, TableChange};

/// Why an operation has no exact reverse.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{operation}` can not be reversed: {reason}")]
pub struct Irreversible {
    /// The operation, in words.
    pub operation: String,
    /// What would be missing.
    pub reason: &'static str,
}

/// The operations that undo `operations`, last first.
///
/// # Errors
/// [`Irreversible`] for the first operation, from the end, that loses something which a reverse would need.
pub fn reverse(operations: &[Operation]) -> Result<Vec<Operation>, Irreversible> {
    operations.iter().rev().map(reverse_one).collect()
}

fn reverse_one(operation: &Operation) -> Result<Operation, Irreversible> {
    let refuse = |reason| Err(Irreversible { operation: operation.describe(), reason });
    Ok(match operation {
        Operation::CreateTable(table) if table.if_not_exists => {
            return refuse("the table may have been there before; write a `down`");
        }
        Operation::CreateTable(table) => Operation::DropTable { table: table.name.clone(), if_exists: false },
        Operation::RenameTable { from, to } => Operation::RenameTable { from: to.clone(), to: from.clone() },
        Operation::AlterTable { table, changes } => Operation::AlterTable {
            table: table.clone(),
            changes: changes
                .iter()
                .rev()
                .map(|change| {
                    reverse_change(change).map_err(|reason| Irreversible {
                        operation: format!("alter table {table}: {}", change.describe()),
                        reason,
                    })
                })
                .collect::<Result<_, _>>()?,
        },
        Operation::DropTable { .. } => {
            return refuse("the table's shape is not in the migration; write a `down`");
        }
        Operation::Sql(_) => return refuse("SQL as written has no known reverse; write a `down`"),
        Operation::Data(_) => return refuse("code has no known reverse; write a `down`"),
    })
}

fn reverse_change(change: &TableChange) -> Result<TableChange, &'static str> {
    Ok(match change {
        TableChange::AddColumn(column) => TableChange::DropColumn { name: column.name.clone() },
        TableChange::RenameColumn { from, to } => {
            TableChange::RenameColumn { from: to.clone(), to: from.clone() }
        }
        TableChange::RenameIndex { from, to } => {
            TableChange::RenameIndex { from: to.clone(), to: from.clone() }
        }
        TableChange::AddPrimaryKey(key) => TableChange::DropPrimaryKey { name: key.name.clone() },
        TableChange::AddIndex(index) => TableChange::DropIndex { name: index.name.clone(), kind: index.kind },
        TableChange::AddForeignKey(key) => {
            TableChange::DropForeignKey { name: key.name.clone(), columns: key.columns.clone() }
        }
        TableChange::AddCheck(check) => TableChange::DropCheck { name: check.name.clone() },
        TableChange::ChangeColumn(_) => {
            return Err("the former definition is not in the migration; write a `down`");
        }
        TableChange::DropColumn { .. } => {
            return Err("the column's definition is not in the migration; write a `down`");
        }
        TableChange::Comment(_) => return Err("the former comment is not in the migration; write a `down`"),
        TableChange::DropPrimaryKey { .. }
        | TableChange::DropIndex { .. }
        | TableChange::DropForeignKey { .. }
        | TableChange::DropCheck { .. } => {
            return Err("its definition is not in the migration; write a `down`");
        }
    })
}
