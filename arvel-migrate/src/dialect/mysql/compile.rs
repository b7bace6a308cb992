//! Operations into statements.

use std::collections::BTreeSet;

use crate::{
    dialect::{Capability, CompileError, Statement},
    operation::{Operation, TableName},
    schema::DatabaseSchema,
};

pub(super) fn needs(_operation: &Operation) -> BTreeSet<TableName> {
    BTreeSet::new()
}

pub(super) fn compile(
    _capability: &Capability,
    _operation: &Operation,
    _before: &DatabaseSchema,
) -> Result<Vec<Statement>, CompileError> {
    Ok(Vec::new())
}
