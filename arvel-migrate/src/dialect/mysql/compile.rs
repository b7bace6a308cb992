//! Operations into statements: the contents page of [`ddl`](super::ddl) and [`alter`](super::alter).

use std::collections::BTreeSet;

use crate::{
    dialect::{Capability, CompileError, Statement, scope::Scope, script},
    operation::{Operation, TableChange, TableName},
    schema::DatabaseSchema,
};

use super::{QUOTE, alter, ddl, facts::Facts, rules};

/// The table, when a column changes: the server takes whole definitions only, so what is not mentioned is said again.
pub(super) fn needs(operation: &Operation) -> BTreeSet<TableName> {
    match operation {
        Operation::AlterTable { table, changes }
            if changes.iter().any(|change| matches!(change, TableChange::ChangeColumn(_))) =>
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
            let present = before.table(table);
            if present.is_none() && !needs(operation).is_empty() {
                let operation = operation.describe();
                return Err(CompileError::MissingTable { operation, table: table.clone() });
            }
            alter::alter(&scope, facts, table, changes, present)
        }
        Operation::RenameTable { from, to } => ddl::rename(&scope, from, to),
        Operation::DropTable { table, if_exists } => ddl::drop(&scope, table, *if_exists),
        Operation::Sql(step) => script::statements(&scope, step, &rules::RULES),
        Operation::Data(_) => Ok(Vec::new()),
    }
}
