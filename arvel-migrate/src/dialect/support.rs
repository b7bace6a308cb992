//! The gate before every compilation: what a dialect does not state its support for is refused with the reason and the
//! alternative that the dialect gives, never dropped in silence. The same statements make the reference of the docs.

use super::{Capability, CompileError};
use crate::operation::{Feature, Operation, features};

/// What a dialect says about a feature.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Support {
    /// It is written, inspected and reversed.
    Yes,
    /// It can not be had.
    No {
        /// Why not.
        reason: &'static str,
        /// What to do instead.
        alternative: &'static str,
    },
}

impl Support {
    /// A refusal.
    pub(crate) const fn no(reason: &'static str, alternative: &'static str) -> Self {
        Self::No { reason, alternative }
    }
}

/// Refuses an operation that uses a feature which the dialect does not have.
pub(super) fn gate(
    capability: &Capability,
    operation: &Operation,
    support: impl Fn(Feature) -> Support,
) -> Result<(), CompileError> {
    for feature in features(operation) {
        if let Support::No { reason, alternative } = support(feature) {
            return Err(CompileError::Unsupported {
                operation: operation.describe(),
                dialect: capability.display_name,
                reason: format!("`{}`: {reason}", feature.word()),
                alternative: alternative.to_owned(),
            });
        }
    }
    Ok(())
}
