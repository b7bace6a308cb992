//! Columns: their defaults, and the modifiers that the DSL chains on them.
//!
//! [`ColumnDef`] is the recorded value and the builder at once: `table.string("title").nullable()` works on the
//! value that is stored. It is concrete, so that a migration compiles fast.

use serde::{Deserialize, Serialize};

use super::{AlterMode, ColumnType, Deferrable, ForeignKeyAction, IndexKind, TableName, is_default};

/// What a column gets when an INSERT does not mention it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DefaultValue {
    /// NULL, said aloud; also how a change removes a default.
    Null,
    /// True or false.
    Bool(bool),
    /// A whole number.
    Integer(i64),
    /// A number.
    Float(f64),
    /// A text.
    Text(String),
    /// An expression as written: `now()`.
    Expression(String),
    /// The moment of the INSERT, in each database's own words.
    CurrentTimestamp,
    /// A default in the words of this database's catalog, as inspection saw it.
    Catalog(String),
}

impl From<bool> for DefaultValue {
    fn from(value: bool) -> Self {
        DefaultValue::Bool(value)
    }
}
impl From<i32> for DefaultValue {
    fn from(value: i32) -> Self {
        DefaultValue::Integer(value.into())
    }
}
impl From<i64> for DefaultValue {
    fn from(value: i64) -> Self {
        DefaultValue::Integer(value)
    }
}
impl From<f64> for DefaultValue {
    fn from(value: f64) -> Self {
        DefaultValue::Float(value)
    }
}
impl From<&str> for DefaultValue {
    fn from(value: &str) -> Self {
        DefaultValue::Text(value.to_owned())
    }
}
impl From<String> for DefaultValue {
    fn from(value: String) -> Self {
        DefaultValue::Text(value)
    }
}

/// A foreign key asked for on a single column.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// The parent.
    pub table: TableName,
    /// The parent's column.
    pub column: String,
    /// The constraint's name, by convention when absent.
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: Option<String>,
    /// When a parent row goes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub on_delete: Option<ForeignKeyAction>,
    /// When a parent key changes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub on_update: Option<ForeignKeyAction>,
    /// Whether the check may wait for the end of the transaction.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deferrable: Option<Deferrable>,
    /// How it is added to a table in use.
    #[serde(default, skip_serializing_if = "is_default")]
    pub mode: AlterMode,
}

/// The expression of a column that is computed from others.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Generated {
    /// The expression as written.
    pub expression: String,
    /// Whether the value is kept in the row; else it is computed when read.
    #[serde(default, skip_serializing_if = "is_default")]
    pub stored: bool,
}

/// How a column counts, beyond `auto_increment()`: the standard's identity column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identity {
    /// Whether an INSERT may not give a value of its own.
    #[serde(default, skip_serializing_if = "is_default")]
    pub always: bool,
    /// The first value.
    #[serde(default, skip_serializing_if = "is_default")]
    pub start: Option<i64>,
    /// The step.
    #[serde(default, skip_serializing_if = "is_default")]
    pub increment: Option<i64>,
    /// The smallest value.
    #[serde(default, skip_serializing_if = "is_default")]
    pub minimum: Option<i64>,
    /// The largest value.
    #[serde(default, skip_serializing_if = "is_default")]
    pub maximum: Option<i64>,
    /// How many values a connection takes at once.
    #[serde(default, skip_serializing_if = "is_default")]
    pub cache: Option<i64>,
    /// Whether it begins again behind the largest value.
    #[serde(default, skip_serializing_if = "is_default")]
    pub cycle: bool,
}

/// A modifier that a column can not take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Misuse {
    /// Two of which only one can hold.
    Both(&'static str, &'static str),
    /// One, and the types that it is for.
    NotOfType(&'static str, &'static str),
}

/// The place of a column among the others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Position {
    /// Before all others.
    First,
    /// Behind this column.
    After(String),
}

/// A column as it was written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ColumnDef {
    /// The name.
    pub name: String,
    /// The type.
    pub kind: ColumnType,
    /// `Some(true)` after `nullable()`. `None` is NOT NULL for a new column and "as it is" for a changed one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub nullable: Option<bool>,
    /// The default; `None` is none for a new column and "as it is" for a changed one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub default: Option<DefaultValue>,
    /// Without negative numbers: real on MySQL and MariaDB, a wider reading elsewhere (see the docs' table).
    #[serde(default, skip_serializing_if = "is_default")]
    pub unsigned: bool,
    /// Counts up by itself.
    #[serde(default, skip_serializing_if = "is_default")]
    pub auto_increment: bool,
    /// Part of the primary key by itself.
    #[serde(default, skip_serializing_if = "is_default")]
    pub primary: bool,
    /// Indexes and unique keys on this column alone; they are the table's once it is recorded.
    #[serde(default, skip_serializing_if = "is_default")]
    pub indexes: Vec<IndexKind>,
    /// The comment; on a change `None` is "as it is".
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// A check on this column alone, named by convention.
    #[serde(default, skip_serializing_if = "is_default")]
    pub check: Option<String>,
    /// The name of the check that a database puts beside a type which can not say all of itself, as of an enumeration; by
    /// convention when absent.
    #[serde(default, skip_serializing_if = "is_default")]
    pub type_check: Option<String>,
    /// A foreign key on this column alone.
    #[serde(default, skip_serializing_if = "is_default")]
    pub references: Option<Reference>,
    /// The place among the columns; the end when absent.
    #[serde(default, skip_serializing_if = "is_default")]
    pub position: Option<Position>,
    /// `Some(true)` hides it from `SELECT *`; on a change `None` is "as it is".
    #[serde(default, skip_serializing_if = "is_default")]
    pub invisible: Option<bool>,
    /// Computed from other columns.
    #[serde(default, skip_serializing_if = "is_default")]
    pub generated: Option<Generated>,
    /// Counts by the standard's identity column, without being the primary key by itself.
    #[serde(default, skip_serializing_if = "is_default")]
    pub identity: Option<Identity>,
    /// The first value of a column that counts up.
    #[serde(default, skip_serializing_if = "is_default")]
    pub starting_value: Option<i64>,
    /// `Some(true)` takes the moment of each UPDATE; on a change `None` is "as it is".
    #[serde(default, skip_serializing_if = "is_default")]
    pub use_current_on_update: Option<bool>,
    /// The character set; on a change `None` is "as it is".
    #[serde(default, skip_serializing_if = "is_default")]
    pub charset: Option<String>,
    /// The collation; on a change `None` is "as it is".
    #[serde(default, skip_serializing_if = "is_default")]
    pub collation: Option<String>,
    /// On a change of type: the expression that makes the new value of the old one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub using: Option<String>,
    /// How it is done to a table in use.
    #[serde(default, skip_serializing_if = "is_default")]
    pub mode: AlterMode,
    /// Whether this changes an existing column.
    #[serde(default, skip_serializing_if = "is_default")]
    pub change: bool,
    /// A modifier that could not be taken: a mistake, reported when the table is recorded.
    #[serde(skip)]
    pub(crate) misuse: Option<Misuse>,
}
