//! A step's operations as pieces to send. Pure, but for one look at the tables that a dialect must know.

use std::collections::BTreeSet;

use crate::{
    db::Db,
    dialect::{CompileError, DriverError, SharedDialect, Statement},
    operation::{DataStep, Operation, TableName},
    schema::DatabaseSchema,
};

/// One thing to send or to call.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    /// A statement.
    Statement(Statement),
    /// Code.
    Data(DataStep),
    /// An operation that can only be compiled once what stands before it has run.
    Later(Operation),
}

pub(crate) enum PrepareError {
    Driver(DriverError),
    Compile(CompileError),
}

impl From<DriverError> for PrepareError {
    fn from(error: DriverError) -> Self {
        Self::Driver(error)
    }
}

impl From<CompileError> for PrepareError {
    fn from(error: CompileError) -> Self {
        Self::Compile(error)
    }
}

/// The pieces of a step, each with the index of its operation. Tables are inspected once, then folded forward; behind
/// raw SQL or code what needs them waits until run time.
pub(crate) async fn prepare(
    db: &mut Db,
    operations: &[Operation],
) -> Result<Vec<(usize, Piece)>, PrepareError> {
    let mut before = inspect_for(db, operations).await?;
    Ok(fold_forward(db.dialect(), operations, &mut before, &mut true)?)
}

/// The tables that any of the operations needs, as they are now.
pub(crate) async fn inspect_for(
    db: &mut Db,
    operations: &[Operation],
) -> Result<DatabaseSchema, DriverError> {
    let dialect = db.dialect().clone();
    let mut needed: BTreeSet<TableName> =
        operations.iter().flat_map(|operation| dialect.needs(operation)).collect();
    if needed.is_empty() {
        return Ok(DatabaseSchema::default());
    }
    // A table may be needed under the name that it gets on the way.
    needed.extend(operations.iter().filter_map(|operation| match operation {
        Operation::RenameTable { from, .. } => Some(from.clone()),
        _ => None,
    }));
    dialect.inspect(db.connection(), Some(&needed)).await
}

/// Compiles operations one after the other, folding each into `before`. `exact` says whether `before` can be trusted,
/// and becomes false behind what nobody can foresee.
pub(crate) fn fold_forward(
    dialect: &SharedDialect,
    operations: &[Operation],
    before: &mut DatabaseSchema,
    exact: &mut bool,
) -> Result<Vec<(usize, Piece)>, CompileError> {
    let mut pieces = Vec::new();
    for (index, operation) in operations.iter().enumerate() {
        if let Operation::Data(step) = operation {
            pieces.push((index, Piece::Data(step.clone())));
        } else if !*exact && !dialect.needs(operation).is_empty() {
            pieces.push((index, Piece::Later(operation.clone())));
        } else {
            let statements = dialect.compile(operation, before)?;
            pieces.extend(statements.into_iter().map(|statement| (index, Piece::Statement(statement))));
        }
        *exact &= dialect.fold(operation, before);
    }
    Ok(pieces)
}
