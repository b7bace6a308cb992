//! The exact way back of recorded operations, or the reason why there is none.

use super::{AlterMode, EnumChange, ObjectId, Operation, TableChange, lasting};

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
    lasting(operations).into_iter().rev().map(reverse_one).collect()
}

fn reverse_one(operation: &Operation) -> Result<Operation, Irreversible> {
    let refuse = |reason| Err(Irreversible { operation: operation.describe(), reason });
    Ok(match operation {
        Operation::CreateTable(table) if table.if_not_exists => {
            return refuse("the table may have been there before; write a `down`");
        }
        // A drop by another connection would find another table of this name, or none.
        Operation::CreateTable(table) if table.options.temporary => {
            return refuse("a temporary table goes with its connection; write a `down` that does nothing");
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
        Operation::Create(object) if object.may_replace() => {
            return refuse("one of this name may have been there before; write a `down`");
        }
        Operation::Create(object) => Operation::Drop { object: object.id(), if_exists: false },
        Operation::Drop { .. } => return refuse("its definition is not in the migration; write a `down`"),
        Operation::Rename { object, to } => Operation::Rename {
            object: ObjectId { name: to.clone(), ..object.clone() },
            to: object.name.clone(),
        },
        Operation::AlterEnum { name, change: EnumChange::RenameValue { from, to } } => Operation::AlterEnum {
            name: name.clone(),
            change: EnumChange::RenameValue { from: to.clone(), to: from.clone() },
        },
        Operation::AlterEnum { change: EnumChange::AddValue { .. }, .. } => {
            return refuse("an enum type can not lose a value; write a `down`");
        }
        Operation::RefreshView { .. } => {
            return refuse("whether it had rows is not in the migration; write a `down`");
        }
        // Which side ran is known again without a look.
        Operation::When { condition, then, otherwise } if condition.needs().is_empty() => Operation::When {
            condition: condition.clone(),
            then: reverse(then)?,
            otherwise: reverse(otherwise)?,
        },
        Operation::When { .. } => return refuse("which side ran is not in the migration; write a `down`"),
        Operation::Sql(_) => return refuse("SQL as written has no known reverse; write a `down`"),
        Operation::Data(_) | Operation::Batched(_) => {
            return refuse("code has no known reverse; write a `down`");
        }
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
        // It takes NULL away from its columns, and a drop does not give it back.
        TableChange::AddPrimaryKey(_) => {
            return Err("whether its columns could be NULL is not in the migration; write a `down`");
        }
        TableChange::AddIndex(index) => {
            TableChange::DropIndex { name: index.name.clone(), kind: index.kind, mode: index.mode }
        }
        TableChange::AddForeignKey(key) => {
            TableChange::DropForeignKey { name: key.name.clone(), columns: key.columns.clone() }
        }
        TableChange::AddExclusion(exclusion) => TableChange::DropExclusion { name: exclusion.name.clone() },
        TableChange::AttachPartition { name, bounds } => TableChange::DetachPartition {
            name: name.clone(),
            bounds: Some(bounds.clone()),
            mode: AlterMode::default(),
        },
        TableChange::DetachPartition { name, bounds: Some(bounds), .. } => {
            TableChange::AttachPartition { name: name.clone(), bounds: bounds.clone() }
        }
        TableChange::DetachPartition { .. } => {
            return Err("the partition's bounds are not in the migration; write a `down`");
        }
        TableChange::Options(_) => return Err("the former options are not in the migration; write a `down`"),
        TableChange::ValidateConstraint { .. } => {
            return Err("a constraint that holds can not be unvalidated; write a `down`");
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
        | TableChange::DropExclusion { .. }
        | TableChange::DropCheck { .. } => {
            return Err("its definition is not in the migration; write a `down`");
        }
    })
}
