//! Operations into statements: the contents page of [`ddl`](super::ddl) and [`alter`](super::alter).

use std::collections::BTreeSet;

use crate::{
    dialect::{Capability, CompileError, Statement, scope::Scope, script},
    operation::{Operation, TableChange, TableName},
    schema::DatabaseSchema,
};

use super::{QUOTE, alter, ddl, rules};

/// The table, when its present shape decides the SQL: what a changed column was, whether a unique key is a constraint
/// or an index, how the primary key is called, which check spells the enumeration of a renamed column. And whether an
/// index is this table's: `DROP INDEX` and `ALTER INDEX` name no table, and would take that of another.
pub(super) fn needs(operation: &Operation) -> BTreeSet<TableName> {
    match operation {
        Operation::CreateTable(table) if table.if_not_exists => BTreeSet::from([table.name.clone()]),
        Operation::AlterTable { table, changes } if changes.iter().any(asks) => {
            BTreeSet::from([table.clone()])
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
        Operation::Data(_) => Ok(Vec::new()),
    }
}
