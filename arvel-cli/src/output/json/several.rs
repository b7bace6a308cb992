//! The document of a command about several databases: the ordinary one of each.

#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;
use serde_json::{Map, Value};

/// Any command with `--all-databases`, or with several `--database`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct SeveralBody {
    /// One for each database, in their order.
    pub databases: Vec<AnswerBody>,
    /// The exit code of the process.
    pub exit: u8,
}

/// The answer of one database: the document that the command writes for it alone, and these.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Answer"))]
pub struct AnswerBody {
    /// The database, as the configuration calls it.
    pub name: String,
    /// The exit code that the command would have for it alone; null when it was not begun.
    pub exit: Option<u8>,
    /// The document.
    #[serde(flatten)]
    pub document: Map<String, Value>,
}
