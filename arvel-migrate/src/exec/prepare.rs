//! A step's operations as pieces to send. Pure, but for one look at the tables that a dialect must know.

use super::parent;
use crate::{
    db::Db,
    dialect::{CompileError, DriverError, SharedDialect, Statement},
    operation::{BatchStep, DataStep, Operation},
    schema::{DatabaseSchema, Wanted},
};

/// One thing to send or to call.
#[derive(Clone, Debug)]
pub(crate) enum Piece {
    /// A statement.
    Statement(Statement),
    /// Code.
    Data(DataStep),
    /// Code over the parts of a table, each in a transaction of its own.
    Batched(BatchStep),
    /// An operation that can only be compiled once what stands before it has run.
    Later(Box<Operation>),
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
    let (mut before, mut exact) = (inspect_for(db, operations).await?, true);
    Ok(pieces_from(db.dialect(), operations, &mut before, &mut exact)?)
}

/// The pieces of a step that runs on `before`, which then is what it leaves; as far as `exact` says.
pub(crate) fn pieces_from(
    dialect: &SharedDialect,
    operations: &[Operation],
    before: &mut DatabaseSchema,
    exact: &mut bool,
) -> Result<Vec<(usize, Piece)>, CompileError> {
    let pieces = fold_forward(dialect, operations, before, exact)?;
    if *exact && dialect.capability().parents_may_be_missing {
        operations.iter().try_for_each(|operation| parent::must_be_there(operation, before))?;
    }
    Ok(pieces)
}

/// What any of the operations needs, as it is now.
pub(crate) async fn inspect_for(
    db: &mut Db,
    operations: &[Operation],
) -> Result<DatabaseSchema, DriverError> {
    let dialect = db.dialect().clone();
    let family = dialect.capability().family;
    let mut needed: Wanted = operations.iter().map(|operation| needs(&dialect, operation)).collect();
    for operation in operations {
        operation.each(family, &mut |operation| {
            needed.extend(parent::worth_a_look(operation, dialect.capability().parents_may_be_missing));
            needed.extend(dialect.worth_a_look(operation));
        });
    }
    if needed.is_empty() {
        return Ok(DatabaseSchema::default());
    }
    // A thing may be needed under the name that it gets on the way.
    for operation in operations {
        operation.each(family, &mut |operation| match operation {
            Operation::RenameTable { from, .. } => needed.extend(Wanted::table(from.clone())),
            Operation::Rename { object, .. } => needed.extend(Wanted::object(object.clone())),
            _ => {}
        });
    }
    dialect.inspect(db.connection(), Some(&needed)).await
}

/// What an operation needs: a condition its question, and both sides theirs.
pub(crate) fn needs(dialect: &SharedDialect, operation: &Operation) -> Wanted {
    let mut needed = Wanted::nothing();
    operation.each(dialect.capability().family, &mut |operation| {
        needed.extend(match operation {
            Operation::When { condition, .. } => condition.needs(),
            other => dialect.needs(other),
        });
    });
    needed
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
        let mut of_this = Vec::new();
        forward(dialect, operation, before, exact, &mut of_this)?;
        pieces.extend(of_this.into_iter().map(|piece| (index, piece)));
    }
    Ok(pieces)
}

fn forward(
    dialect: &SharedDialect,
    operation: &Operation,
    before: &mut DatabaseSchema,
    exact: &mut bool,
    pieces: &mut Vec<Piece>,
) -> Result<(), CompileError> {
    match operation {
        Operation::When { condition, then, otherwise } if *exact || condition.needs().is_empty() => {
            let side = if condition.holds(dialect.capability().family, before) { then } else { otherwise };
            return side.iter().try_for_each(|operation| forward(dialect, operation, before, exact, pieces));
        }
        Operation::Data(step) => pieces.push(Piece::Data(step.clone())),
        Operation::Batched(step) => pieces.push(Piece::Batched(step.clone())),
        other if !*exact && !needs(dialect, other).is_empty() => {
            pieces.push(Piece::Later(Box::new(other.clone())));
        }
        other => {
            let statements = match *exact {
                true => dialect.compile(other, before)?,
                // Columns may have come and gone meanwhile.
                false => dialect.compile(other, &before.outlines())?,
            };
            pieces.extend(statements.into_iter().map(Piece::Statement));
        }
    }
    *exact &= dialect.fold(operation, before);
    match *exact {
        true => parent::check(operation, before),
        false => Ok(()),
    }
}
