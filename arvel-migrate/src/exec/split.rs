//! Whether a step must be cut in pieces: what stands outside a transaction ends the one before it.

use super::prepare::Piece;
use crate::{
    dialect::{CompileError, Dialect},
    migration::TransactionMode,
    operation::{Operation, is_online},
};

/// Whether a piece can not be in the transaction of its migration, as far as is known before it runs.
pub(crate) fn leaves_transaction(piece: &Piece) -> bool {
    match piece {
        Piece::Statement(statement) => statement.transaction == TransactionMode::None,
        Piece::Later(operation) => is_online(operation),
        Piece::Batched(_) => true,
        Piece::Data(_) => false,
    }
}

/// Refuses to cut a migration in pieces that asks for one transaction.
///
/// # Errors
/// [`CompileError::Unsupported`] for the first operation that would.
pub(crate) fn refuse_split(
    dialect: &dyn Dialect,
    mode: TransactionMode,
    operations: &[Operation],
    pieces: &[(usize, Piece)],
) -> Result<(), CompileError> {
    if mode != TransactionMode::Whole || !dialect.capability().transactional_ddl {
        return Ok(());
    }
    let Some((index, _)) = pieces.iter().find(|(_, piece)| leaves_transaction(piece)) else { return Ok(()) };
    Err(CompileError::Unsupported {
        operation: operations.get(*index).map(Operation::describe).unwrap_or_default(),
        dialect: dialect.capability().display_name,
        reason: "the migration says `transaction: true`, and this can only be done outside a transaction".to_owned(),
        alternative: "take `transaction: true` away, and the migration is applied in pieces, each of which is journaled; \
                      or take this operation into a migration of its own"
            .to_owned(),
    })
}
