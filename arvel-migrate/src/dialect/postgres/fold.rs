//! What the schema is after an operation, without a database.

use crate::{dialect::Capability, operation::Operation, schema::DatabaseSchema};

pub(super) fn fold(_capability: &Capability, _operation: &Operation, _schema: &mut DatabaseSchema) -> bool {
    false
}
