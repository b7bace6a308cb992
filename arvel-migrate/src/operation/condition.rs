//! Conditions that are recorded with both their sides, and decided by the executor when their turn comes.

use std::fmt;

use super::{ObjectId, ObjectKind, TableName};
use crate::schema::{DatabaseSchema, Wanted};

/// A question to the database, and the answer that is waited for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// What is asked.
    pub question: Question,
    /// The answer with which the first side runs.
    pub expected: bool,
}

/// What can be asked of a database.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Question {
    /// Whether it is of this family: `sqlite`, `postgres`, `mysql`. Answered without a connection.
    Family(String),
    /// Whether the table exists.
    Table(TableName),
    /// Whether the view exists.
    View(TableName),
    /// Whether the table exists and has the column.
    Column(TableName, String),
    /// Whether the table exists and has an index of this name.
    Index(TableName, String),
    /// Whether the table exists and has a foreign key of this name.
    ForeignKey(TableName, String),
}

impl fmt::Display for Condition {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let has = if self.expected { "has" } else { "has no" };
        let is = if self.expected { "is" } else { "is not" };
        match &self.question {
            Question::Family(family) => write!(f, "the database {is} {family}"),
            Question::Table(table) => write!(f, "the database {has} table {table}"),
            Question::View(view) => write!(f, "the database {has} view {view}"),
            Question::Column(table, column) => write!(f, "table {table} {has} column {column}"),
            Question::Index(table, index) => write!(f, "table {table} {has} index {index}"),
            Question::ForeignKey(table, key) => write!(f, "table {table} {has} foreign key {key}"),
        }
    }
}

impl Condition {
    /// What must be known of the database to answer.
    #[must_use]
    pub fn needs(&self) -> Wanted {
        match &self.question {
            Question::Family(_) => Wanted::nothing(),
            Question::Table(table)
            | Question::Column(table, _)
            | Question::Index(table, _)
            | Question::ForeignKey(table, _) => Wanted::table(table.clone()),
            Question::View(view) => {
                let kinds = [ObjectKind::View, ObjectKind::MaterializedView];
                kinds.map(|kind| Wanted::object(ObjectId::new(kind, view.clone()))).into_iter().collect()
            }
        }
    }

    /// Whether it holds on a database of this family with this schema, of which at least [`needs`](Self::needs) is
    /// known.
    #[must_use]
    pub fn holds(&self, family: &str, schema: &DatabaseSchema) -> bool {
        let answer = match &self.question {
            Question::Family(wanted) => wanted == family,
            Question::Table(table) => schema.table(table).is_some(),
            Question::View(view) => [ObjectKind::View, ObjectKind::MaterializedView]
                .iter()
                .any(|kind| schema.object(&ObjectId::new(*kind, view.clone())).is_some()),
            Question::Column(table, column) => {
                schema.table(table).is_some_and(|table| table.column(column).is_some())
            }
            Question::Index(table, index) => {
                schema.table(table).is_some_and(|table| table.indexes.iter().any(|i| &i.name == index))
            }
            Question::ForeignKey(table, key) => schema
                .table(table)
                .is_some_and(|table| table.foreign_keys.iter().any(|k| k.name.as_ref() == Some(key))),
        };
        answer == self.expected
    }
}
