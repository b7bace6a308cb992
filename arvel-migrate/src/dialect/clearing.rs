//! What empties a database.

use super::Statement;

/// The statements that empty a database of what is the application's.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clearing {
    /// In the order in which they run.
    pub statements: Vec<Statement>,
    /// What would be lost and is not the application's, in words: `table x.report`. With any of it nothing is dropped.
    pub foreign: Vec<String>,
}

impl From<Vec<Statement>> for Clearing {
    fn from(statements: Vec<Statement>) -> Self {
        Self { statements, foreign: Vec::new() }
    }
}
