//! Operations into statements: the contents page of [`ddl`](super::ddl) and [`alter`](super::alter).

use std::collections::BTreeSet;

use crate::{
    dialect::{Capability, CompileError, Statement, scope::Scope, script},
    operation::{Operation, TableChange, TableName},
    schema::DatabaseSchema,
};

use super::{QUOTE, alter, ddl, facts::Facts, objects, rules};

/// The table, when a column changes: the server takes whole definitions only, so what is not mentioned is said again.
/// And when an index is made: whether it can be depends on types and on the engine, and a server may make another one.
/// And when a key goes: a foreign key that used it gets an index of its own.
/// And when a partition comes or goes: how depends on the others.
pub(super) fn needs(operation: &Operation) -> BTreeSet<TableName> {
    let asks = |change: &TableChange| {
        matches!(
            change,
            TableChange::ChangeColumn(_)
                | TableChange::AddIndex(_)
                | TableChange::DropIndex { .. }
                | TableChange::DropPrimaryKey { .. }
                | TableChange::DropForeignKey { .. }
                | TableChange::AttachPartition { .. }
        )
    };
    match operation {
        Operation::AlterTable { table, changes } if changes.iter().any(asks) => {
            BTreeSet::from([table.clone()])
        }
        other => objects::needs(other),
    }
}

/// Tables that get a foreign key: an index that the server made for another one may be in the way. And those that lose a
/// column: a key may hold it.
pub(super) fn worth_a_look(operation: &Operation) -> BTreeSet<TableName> {
    match operation {
        Operation::AlterTable { table, changes }
            if changes.iter().any(|change| {
                matches!(change, TableChange::AddForeignKey(_) | TableChange::DropColumn { .. })
            }) =>
        {
            BTreeSet::from([table.clone()])
        }
        _ => BTreeSet::new(),
    }
}

pub(super) fn compile(
    capability: &Capability,
    facts: &Facts,
    operation: &Operation,
    before: &DatabaseSchema,
) -> Result<Vec<Statement>, CompileError> {
    let scope = Scope { capability, operation, quote: QUOTE, counts_characters: true };
    match operation {
        Operation::CreateTable(table) => ddl::create(&scope, facts, table),
        Operation::AlterTable { table, changes } => {
            // Behind SQL as written only outlines are known, and an outline has no columns.
            let present = before.table(table).filter(|present| !present.columns.is_empty());
            if present.is_none() && !needs(operation).is_empty() {
                let operation = operation.describe();
                return Err(CompileError::MissingTable { operation, table: table.clone() });
            }
            alter::alter(&scope, facts, table, changes, present)
        }
        Operation::RenameTable { from, to } => ddl::rename(&scope, from, to),
        Operation::DropTable { table, if_exists } => ddl::drop(&scope, table, *if_exists),
        Operation::Sql(step) => script::statements(&scope, step, rules::of(facts)),
        // Code has no statements, and the executor takes the others apart.
        Operation::Data(_) | Operation::When { .. } | Operation::Batched(_) => Ok(Vec::new()),
        Operation::Create(_)
        | Operation::Drop { .. }
        | Operation::Rename { .. }
        | Operation::AlterEnum { .. }
        | Operation::RefreshView { .. } => objects::compile(&scope, facts, operation, before),
    }
}
