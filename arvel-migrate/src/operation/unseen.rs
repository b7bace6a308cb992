//! A table that the same migration makes is nobody's yet: `online` has nothing to spare there, and the ordinary
//! statement is made instead, inside the transaction. Else an index of a new table would cut the migration in pieces,
//! or be refused by a database that has no such way.

use std::collections::BTreeSet;

use super::{AlterMode, ColumnDef, Object, Operation, TableChange, TableDef, TableName};

/// The operations without the `online` of what they make themselves.
pub(crate) fn plain_where_unseen(operations: Vec<Operation>) -> Vec<Operation> {
    let mut made = BTreeSet::new();
    operations.into_iter().map(|operation| one(operation, &mut made)).collect()
}

fn one(operation: Operation, made: &mut BTreeSet<TableName>) -> Operation {
    match operation {
        Operation::CreateTable(mut table) if !table.if_not_exists => {
            table_is_plain(&mut table);
            made.insert(table.name.clone());
            Operation::CreateTable(table)
        }
        Operation::AlterTable { table, mut changes } => {
            if made.contains(&table) {
                changes.iter_mut().for_each(change_is_plain);
            }
            Operation::AlterTable { table, changes }
        }
        Operation::RenameTable { from, to } => {
            if made.remove(&from) {
                made.insert(to.clone());
            }
            Operation::RenameTable { from, to }
        }
        Operation::DropTable { table, if_exists } => {
            made.remove(&table);
            Operation::DropTable { table, if_exists }
        }
        Operation::Create(Object::View(view)) => {
            if view.materialized && !view.replace {
                made.insert(view.name.clone());
            }
            Operation::Create(Object::View(view))
        }
        Operation::RefreshView { name, online, without_data } => {
            let online = online && !made.contains(&name);
            Operation::RefreshView { name, online, without_data }
        }
        // Which side runs is not known: what it makes is known inside of it only.
        Operation::When { condition, then, otherwise } => {
            let side = |operations: Vec<Operation>| {
                let mut made = made.clone();
                operations.into_iter().map(|operation| one(operation, &mut made)).collect()
            };
            Operation::When { condition, then: side(then), otherwise: side(otherwise) }
        }
        other => other,
    }
}

fn plain(mode: &mut AlterMode) {
    mode.online = false;
}

fn table_is_plain(table: &mut TableDef) {
    table.columns.iter_mut().for_each(column_is_plain);
    table.indexes.iter_mut().for_each(|index| plain(&mut index.mode));
    table.foreign_keys.iter_mut().for_each(|key| plain(&mut key.mode));
    table.checks.iter_mut().for_each(|check| plain(&mut check.mode));
}

fn column_is_plain(column: &mut ColumnDef) {
    plain(&mut column.mode);
}

fn change_is_plain(change: &mut TableChange) {
    match change {
        TableChange::AddColumn(column) | TableChange::ChangeColumn(column) => column_is_plain(column),
        TableChange::AddIndex(index) => plain(&mut index.mode),
        TableChange::DropIndex { mode, .. } | TableChange::DetachPartition { mode, .. } => plain(mode),
        TableChange::AddForeignKey(key) => plain(&mut key.mode),
        TableChange::AddCheck(check) => plain(&mut check.mode),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{dsl::Schema, operation::is_online};

    #[test]
    fn online_stays_for_tables_that_others_can_see() {
        let recorded = Schema::record(|schema| {
            schema.create("new", |t| {
                t.id();
                t.integer("a").nullable().online();
                t.index("a").online();
            });
            schema.table("new", |t| {
                t.unique("a").online();
                t.check("positive", "a > 0").online();
            });
            schema.rename("new", "newer");
            schema.table("newer", |t| {
                t.drop_index("a").online();
            });
            schema.create_if_not_exists("perhaps", |t| {
                t.integer("a");
            });
            schema.table("perhaps", |t| {
                t.index("a").online();
            });
            schema.table("new", |t| {
                t.index("a").online();
            });
        });
        assert_eq!(recorded.errors, []);
        let online: Vec<bool> = plain_where_unseen(recorded.operations).iter().map(is_online).collect();
        assert_eq!(online, [false, false, false, false, false, true, true]);
    }
}
