//! Keys and constraints, and how they are added to a table in use.

use serde::{Deserialize, Serialize};

use super::{TableName, is_default};

/// A primary key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PrimaryKeyDef {
    /// The constraint's name, by convention `{table}_{columns}_primary`; MySQL and MariaDB always call it `PRIMARY`.
    pub name: String,
    /// The columns in order.
    pub columns: Vec<String>,
}

/// What happens to child rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ForeignKeyAction {
    /// The change of the parent is refused at the end of the statement.
    #[default]
    NoAction,
    /// The change of the parent is refused at once.
    Restrict,
    /// The children follow.
    Cascade,
    /// The children's columns become NULL.
    SetNull,
    /// The children's columns take their default.
    SetDefault,
}

impl ForeignKeyAction {
    /// The words of the SQL standard.
    #[must_use]
    pub fn sql(self) -> &'static str {
        match self {
            ForeignKeyAction::NoAction => "NO ACTION",
            ForeignKeyAction::Restrict => "RESTRICT",
            ForeignKeyAction::Cascade => "CASCADE",
            ForeignKeyAction::SetNull => "SET NULL",
            ForeignKeyAction::SetDefault => "SET DEFAULT",
        }
    }
}

/// A foreign key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ForeignKeyDef {
    /// The name, by convention `{table}_{columns}_foreign`.
    pub name: String,
    /// The child's columns.
    pub columns: Vec<String>,
    /// The parent.
    pub references: TableName,
    /// The parent's columns.
    pub referenced_columns: Vec<String>,
    /// When a parent row goes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub on_delete: Option<ForeignKeyAction>,
    /// When a parent key changes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub on_update: Option<ForeignKeyAction>,
    /// Whether the check may wait for the end of the transaction.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deferrable: Option<Deferrable>,
    /// Whether a key with one NULL part must be NULL in all (`MATCH FULL`).
    #[serde(default, skip_serializing_if = "is_default")]
    pub match_full: bool,
    /// How it is added to a table in use.
    #[serde(default, skip_serializing_if = "is_default")]
    pub mode: AlterMode,
}

/// A check constraint with its expression as written.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CheckDef {
    /// The name, by convention `{table}_{column}_check`.
    pub name: String,
    /// The expression, without the word CHECK.
    pub expression: String,
    /// How it is added to a table in use.
    #[serde(default, skip_serializing_if = "is_default")]
    pub mode: AlterMode,
}

/// Rows of which no two may collide: `EXCLUDE USING gist (room WITH =, during WITH &&)`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExclusionDef {
    /// The name, by convention `{table}_{columns}_excl`.
    pub name: String,
    /// The access method: `gist` unless said otherwise.
    #[serde(default, skip_serializing_if = "is_default")]
    pub method: Option<String>,
    /// Columns or expressions, each with the operator by which two rows collide.
    pub elements: Vec<(String, String)>,
    /// The rows that it is about.
    #[serde(default, skip_serializing_if = "is_default")]
    pub predicate: Option<String>,
    /// Whether the check may wait for the end of the transaction.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deferrable: Option<Deferrable>,
    /// The whole of it in the database's words, as inspection saw it; then nothing else counts but the name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub definition: Option<String>,
}

/// When a constraint is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Deferrable {
    /// At each statement, unless a transaction asks for its end.
    Immediate,
    /// At the end of the transaction, unless it asks otherwise.
    Deferred,
}

impl Deferrable {
    /// The words of the SQL standard.
    #[must_use]
    pub fn sql(self) -> &'static str {
        match self {
            Deferrable::Immediate => "DEFERRABLE INITIALLY IMMEDIATE",
            Deferrable::Deferred => "DEFERRABLE INITIALLY DEFERRED",
        }
    }
}

/// How a change is made while others use the table. The default leaves it to the server.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlterMode {
    /// By the sequence that blocks neither readers nor writers; refused where there is none.
    #[serde(default, skip_serializing_if = "is_default")]
    pub online: bool,
    /// A constraint only: without a look at the rows that are there, until `validate_constraint(…)`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub not_valid: bool,
    /// The algorithm, stated so that the server refuses instead of taking a slower one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub algorithm: Option<Algorithm>,
    /// The lock, stated so that the server refuses instead of taking a stronger one.
    #[serde(default, skip_serializing_if = "is_default")]
    pub lock: Option<LockLevel>,
}

/// How MySQL and MariaDB change a table.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Algorithm {
    /// The catalog only.
    Instant,
    /// MariaDB: the catalog and no rebuild.
    NoCopy,
    /// In place, perhaps with a rebuild, with writers going on.
    InPlace,
    /// A copy of the table, without writers.
    Copy,
}

/// What others may do meanwhile.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LockLevel {
    /// Read and write.
    None,
    /// Read.
    Shared,
    /// Nothing.
    Exclusive,
}
