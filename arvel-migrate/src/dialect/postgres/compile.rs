//! Operations into statements: the contents page of [`ddl`](super::ddl) and [`alter`](super::alter).

use std::collections::BTreeSet;

use crate::{
    dialect::{Capability, CompileError, Statement, scope::Scope, script},
    operation::{
        AlterMode, ForeignKeyDef, IndexDef, IndexKind, Operation, TableChange, TableName, TableOptions,
    },
    schema::DatabaseSchema,
};

use super::{QUOTE, alter, ddl, objects, rules};

/// The table, when its present shape decides the SQL: what a changed column was, whether a unique key is a constraint
/// or an index, how the primary key is called, which check holds the values of a renamed column, whether an element of
/// an exclusion is a column, whether a partition is one, whether the column of a full text index is prepared already. And whether an index is this
/// table's: `DROP INDEX` and `ALTER INDEX` name no table, and would take that of another.
pub(super) fn needs(operation: &Operation) -> BTreeSet<TableName> {
    match operation {
        Operation::CreateTable(table) if table.if_not_exists => BTreeSet::from([table.name.clone()]),
        Operation::AlterTable { table, changes } if changes.iter().any(asks) => {
            // What is detached is a table like others afterwards.
            let partitions = changes.iter().filter_map(TableChange::partition);
            [table].into_iter().chain(partitions).cloned().collect()
        }
        _ => BTreeSet::new(),
    }
}

fn asks(change: &TableChange) -> bool {
    matches!(
        change,
        TableChange::ChangeColumn(_)
            | TableChange::RenameColumn { .. }
            | TableChange::DropPrimaryKey { .. }
            | TableChange::DropIndex { .. }
            | TableChange::RenameIndex { .. }
            | TableChange::AddExclusion(_)
            | TableChange::Options(TableOptions { unlogged: Some(_), .. })
            | TableChange::DetachPartition { .. }
            | TableChange::AddIndex(IndexDef { kind: IndexKind::FullText, .. })
            // A table with partitions has no such way.
            | TableChange::AddIndex(IndexDef { mode: AlterMode { online: true, .. }, .. })
            | TableChange::AddForeignKey(ForeignKeyDef { mode: AlterMode { online: true, .. }, .. })
    )
}

pub(super) fn compile(
    capability: &Capability,
    operation: &Operation,
    before: &DatabaseSchema,
) -> Result<Vec<Statement>, CompileError> {
    let scope = Scope { capability, operation, quote: QUOTE, counts_characters: false };
    match operation {
        Operation::CreateTable(table) => ddl::create(&scope, table, before.table(&table.name)),
        Operation::AlterTable { table, changes } => {
            let present = before.table(table);
            if present.is_none() && !needs(operation).is_empty() {
                let operation = operation.describe();
                return Err(CompileError::MissingTable { operation, table: table.clone() });
            }
            alter::alter(&scope, table, changes, present)
        }
        Operation::RenameTable { from, to } => ddl::rename(&scope, from, to),
        Operation::DropTable { table, if_exists } => ddl::drop(&scope, table, *if_exists),
        Operation::Sql(step) => script::statements(&scope, step, &rules::RULES),
        // Code has no statements, and the executor takes the others apart.
        Operation::Data(_) | Operation::When { .. } | Operation::Batched(_) => Ok(Vec::new()),
        Operation::Create(_)
        | Operation::Drop { .. }
        | Operation::Rename { .. }
        | Operation::AlterEnum { .. }
        | Operation::RefreshView { .. } => objects::compile(&scope, operation, before),
    }
}
