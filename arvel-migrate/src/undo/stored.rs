//! The way back as the history row keeps it: JSON with a version.

use serde::{Deserialize, Serialize};

use crate::operation::Operation;

/// The version that is written.
const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
struct Stored {
    version: u32,
    operations: Vec<Operation>,
}

/// A stored way back that this program can not read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnreadableUndo {
    /// A later version of the program wrote it.
    #[error("its way back was stored in form {found}, and this program reads form {VERSION}")]
    Newer {
        /// The form that was found.
        found: u32,
    },
    /// It is not what it should be.
    #[error("its stored way back can not be read: {reason}")]
    Broken {
        /// What the reader says.
        reason: String,
    },
}

/// The text for the history row; `None` when an operation can not be stored, which no resolved one is.
pub(crate) fn write(operations: &[Operation]) -> Option<String> {
    serde_json::to_string(&Stored { version: VERSION, operations: operations.to_vec() }).ok()
}

/// The operations of a history row.
///
/// # Errors
/// [`UnreadableUndo`].
pub(crate) fn read(text: &str) -> Result<Vec<Operation>, UnreadableUndo> {
    #[derive(Deserialize)]
    struct Version {
        version: u32,
    }
    let broken = |error: serde_json::Error| UnreadableUndo::Broken { reason: error.to_string() };
    match serde_json::from_str::<Version>(text).map_err(broken)?.version {
        VERSION => serde_json::from_str::<Stored>(text).map(|stored| stored.operations).map_err(broken),
        found => Err(UnreadableUndo::Newer { found }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_written_is_read_and_what_can_not_be_says_why() {
        let operations = vec![Operation::RenameTable { from: "a".into(), to: "b".into() }];
        let text = write(&operations).unwrap();
        assert_eq!(
            text,
            r#"{"version":1,"operations":[{"rename_table":{"from":{"name":"a"},"to":{"name":"b"}}}]}"#
        );
        assert_eq!(read(&text).unwrap()[0].describe(), "rename table a to b");
        assert_eq!(
            read(r#"{"version":2,"operations":[{"new":1}]}"#).unwrap_err(),
            UnreadableUndo::Newer { found: 2 }
        );
        assert!(matches!(read("{"), Err(UnreadableUndo::Broken { .. })));
    }
}
