//! SQL migrations: `<stamp>_<slug>.sql` with sections, a pair of files, or a plain script.

use std::sync::Arc;

use super::TransactionMode;

/// One direction's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlSection {
    /// The text of the section, LF only.
    pub text: Arc<str>,
    /// The line of the file at which it begins, from 1.
    pub first_line: usize,
}

impl SqlSection {
    /// The text that the checksum is computed over.
    #[must_use]
    pub fn normalized(&self) -> String {
        self.text.trim().to_owned()
    }
}

/// What a SQL file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlFile {
    /// The way forward.
    pub up: SqlSection,
    /// The way back.
    pub down: Option<SqlSection>,
    /// `transaction:false` after `-- migrate:up`.
    pub up_transaction: TransactionMode,
    /// `transaction:false` after `-- migrate:down`.
    pub down_transaction: TransactionMode,
    /// `-- revision:`.
    pub revision: Option<String>,
    /// `-- parents:`; `none` is an empty list.
    pub parents: Option<Vec<String>>,
    /// `-- depends_on:`.
    pub depends_on: Vec<String>,
    /// `-- labels:`.
    pub labels: Vec<String>,
    /// `-- origin:`.
    pub origin: Option<String>,
    /// `-- database:`.
    pub database: Option<String>,
    /// `-- description:`.
    pub description: Option<String>,
}

/// A SQL file that can not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SqlFileError {
    /// A placeholder variant, replaced by the parser's own.
    #[error("line {line}: {problem}")]
    Malformed {
        /// The line, from 1.
        line: usize,
        /// What is wrong.
        problem: String,
    },
}

impl SqlFile {
    /// Reads the text of one file with sections, or of sqlx's simple form.
    ///
    /// # Errors
    /// [`SqlFileError`] with the line.
    pub fn parse(_text: &str) -> Result<Self, SqlFileError> {
        Err(SqlFileError::Malformed { line: 1, problem: "unfinished".into() })
    }

    /// Reads a pair of files.
    ///
    /// # Errors
    /// [`SqlFileError`] with the line.
    pub fn parse_pair(_up: &str, _down: &str) -> Result<Self, SqlFileError> {
        Err(SqlFileError::Malformed { line: 1, problem: "unfinished".into() })
    }
}
