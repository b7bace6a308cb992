//! Why an operation can not become statements.

use crate::operation::TableName;

/// An operation that a dialect refuses, before anything has run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CompileError {
    /// The dialect has no way to say it.
    #[error("{dialect} can not do `{operation}`: {reason}")]
    Unsupported {
        /// The operation, in words.
        operation: String,
        /// The database's name for people.
        dialect: &'static str,
        /// Why not.
        reason: String,
        /// What to do instead.
        alternative: String,
    },
    /// A name that the engine would cut or refuse.
    #[error("the name `{name}` is {length} bytes long; {dialect} takes {limit}")]
    NameTooLong {
        /// The name.
        name: String,
        /// Its length in bytes.
        length: usize,
        /// The engine's limit in bytes.
        limit: usize,
        /// The database's name for people.
        dialect: &'static str,
    },
    /// An empty name or one with a NUL.
    #[error("the name {name:?} is empty or contains a NUL character")]
    BadName {
        /// The name.
        name: String,
    },
    /// The operation needs a table that is not there.
    #[error("`{operation}`: there is no table `{table}`")]
    MissingTable {
        /// The operation, in words.
        operation: String,
        /// The table.
        table: TableName,
    },
    /// The operation needs a column, index or key that is not there.
    #[error("`{operation}`: table `{table}` has no {what} `{name}`")]
    Missing {
        /// The operation, in words.
        operation: String,
        /// The table.
        table: TableName,
        /// `column`, `index`, `foreign key`, `check`.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// A foreign key to columns in which two rows of the parent may agree.
    #[error(
        "`{operation}`: foreign key `{key}` references `{parent}` ({}), which is neither its primary key nor has a \
         unique key",
        columns.join(", ")
    )]
    NoUniqueParent {
        /// The operation, in words.
        operation: String,
        /// The foreign key.
        key: String,
        /// The parent.
        parent: TableName,
        /// The parent's columns.
        columns: Vec<String>,
    },
    /// The operation would make a column, index or key that is there already.
    #[error("`{operation}`: table `{table}` has a {what} `{name}` already")]
    Exists {
        /// The operation, in words.
        operation: String,
        /// The table.
        table: TableName,
        /// `column`, `foreign key`, `check`.
        what: &'static str,
        /// Its name.
        name: String,
    },
    /// SQL that can not be split into statements.
    #[error("{0}")]
    Split(#[from] super::SplitError),
    /// SQL that names other databases but not this one.
    #[error("`{operation}` has no SQL for {dialect}")]
    NoSqlForDialect {
        /// The operation, in words.
        operation: String,
        /// The name that `sql_for` takes.
        dialect: &'static str,
    },
}

impl CompileError {
    /// What to do, ready to be pasted or read aloud.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        match self {
            CompileError::Unsupported { alternative, .. } => Some(alternative.clone()),
            CompileError::NameTooLong { .. } => {
                Some("give it a shorter name, such as with `table.index(…).named(\"…\")`".into())
            }
            CompileError::NoSqlForDialect { dialect, .. } => {
                Some(format!("add `schema.sql_for(\"{dialect}\", \"…\")`"))
            }
            CompileError::Split(error) => Some(error.hint.clone()),
            CompileError::NoUniqueParent { parent, columns, .. } => Some(format!(
                "make it one first: `schema.table(\"{parent}\", |table| {{ table.unique({columns:?}); }})`"
            )),
            CompileError::Missing { table, .. } => Some(format!("`db inspect {table}` shows what is there")),
            CompileError::MissingTable { .. } => Some("`db inspect` shows what is there".to_owned()),
            _ => None,
        }
    }
}
