//! Tables, their keys and indexes, and the changes of a table.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{
    AlterMode, CheckDef, ColumnDef, ExclusionDef, ForeignKeyDef, IndexDef, IndexKind, Position,
    PrimaryKeyDef, is_default,
};

/// The name of a table, with its schema when one was written: `audit.entries`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TableName {
    /// The schema (PostgreSQL) or database (MySQL); `None` is the connection's own.
    #[serde(default, skip_serializing_if = "is_default")]
    pub schema: Option<String>,
    /// The table.
    pub name: String,
}

impl TableName {
    /// Reads `table` or `schema.table`.
    #[must_use]
    pub fn parse(text: &str) -> Self {
        match text.split_once('.') {
            Some((schema, name)) => Self { schema: Some(schema.to_owned()), name: name.to_owned() },
            None => Self { schema: None, name: text.to_owned() },
        }
    }

    /// Reads the name of something that stands in the schema of this table unless it says another: of a partition.
    #[must_use]
    pub fn beside(&self, text: &str) -> Self {
        let name = Self::parse(text);
        Self { schema: name.schema.or_else(|| self.schema.clone()), name: name.name }
    }
}

impl From<&str> for TableName {
    fn from(text: &str) -> Self {
        Self::parse(text)
    }
}

impl fmt::Display for TableName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.schema {
            Some(schema) => write!(f, "{schema}.{}", self.name),
            None => f.write_str(&self.name),
        }
    }
}

/// A table to create. Indexes, keys and references of single columns are already lifted to the table.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct TableDef {
    /// The name.
    pub name: TableName,
    /// The columns in order.
    pub columns: Vec<ColumnDef>,
    /// The primary key, unless an auto-increment column is it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub primary_key: Option<PrimaryKeyDef>,
    /// Indexes and unique keys.
    #[serde(default, skip_serializing_if = "is_default")]
    pub indexes: Vec<IndexDef>,
    /// Foreign keys.
    #[serde(default, skip_serializing_if = "is_default")]
    pub foreign_keys: Vec<ForeignKeyDef>,
    /// Check constraints.
    #[serde(default, skip_serializing_if = "is_default")]
    pub checks: Vec<CheckDef>,
    /// Exclusion constraints.
    #[serde(default, skip_serializing_if = "is_default")]
    pub exclusions: Vec<ExclusionDef>,
    /// The comment.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// Engine, character set and the like.
    #[serde(default, skip_serializing_if = "is_default")]
    pub options: TableOptions,
    /// How its rows are split.
    #[serde(default, skip_serializing_if = "is_default")]
    pub partition_by: Option<PartitionBy>,
    /// Whether an existing table is fine.
    #[serde(default, skip_serializing_if = "is_default")]
    pub if_not_exists: bool,
}

impl TableDef {
    /// The columns at the places that they ask for. The error is the name behind which one would stand, and no column
    /// has.
    pub fn columns_in_order(&self) -> Result<Vec<&ColumnDef>, &str> {
        let (mut placed, mut waiting): (Vec<&ColumnDef>, Vec<&ColumnDef>) =
            self.columns.iter().partition(|column| column.position.is_none());
        while let Some(at) = waiting.iter().position(|column| slot(&placed, column).is_some()) {
            let column = waiting.remove(at);
            if let Some(slot) = slot(&placed, column) {
                placed.insert(slot, column);
            }
        }
        match waiting.first().and_then(|column| column.position.as_ref()) {
            Some(Position::After(name)) => Err(name),
            _ => Ok(placed),
        }
    }
}

fn slot(placed: &[&ColumnDef], column: &ColumnDef) -> Option<usize> {
    match column.position.as_ref()? {
        Position::First => Some(0),
        Position::After(name) => placed.iter().position(|other| other.name == *name).map(|at| at + 1),
    }
}

/// What a table is, beyond its columns and keys.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TableOptions {
    /// The storage engine.
    #[serde(default, skip_serializing_if = "is_default")]
    pub engine: Option<String>,
    /// The character set of its texts.
    #[serde(default, skip_serializing_if = "is_default")]
    pub charset: Option<String>,
    /// The collation of its texts.
    #[serde(default, skip_serializing_if = "is_default")]
    pub collation: Option<String>,
    /// Whether it goes with the connection.
    #[serde(default, skip_serializing_if = "is_default")]
    pub temporary: bool,
    /// `Some(true)`: it is not written to the log, and empty after a crash. On a change `None` is "as it is".
    #[serde(default, skip_serializing_if = "is_default")]
    pub unlogged: Option<bool>,
    /// Whether values must be of their column's type.
    #[serde(default, skip_serializing_if = "is_default")]
    pub strict: Option<bool>,
    /// Whether its rows are kept by the primary key alone.
    #[serde(default, skip_serializing_if = "is_default")]
    pub without_rowid: Option<bool>,
    /// Other options by name: `row_format`, `fillfactor`, `tablespace`. `default` is what the database takes by itself.
    #[serde(default, skip_serializing_if = "is_default")]
    pub parameters: Vec<(String, String)>,
}

/// How the rows of a table are split.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartitionBy {
    /// By what.
    pub strategy: PartitionStrategy,
    /// Columns or expressions.
    pub keys: Vec<String>,
    /// Partitions made with the table: name and bounds as written; empty bounds for `HASH` and `KEY`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub partitions: Vec<(String, String)>,
}

/// By what rows are split.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PartitionStrategy {
    /// Spans of values.
    Range,
    /// Lists of values.
    List,
    /// A hash of the value.
    Hash,
    /// A hash of the server's own choice.
    Key,
}

/// One change of an existing table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TableChange {
    /// A new column.
    AddColumn(ColumnDef),
    /// A column takes this definition; what it does not mention stays.
    ChangeColumn(ColumnDef),
    /// A column goes, with its values.
    DropColumn {
        /// The column.
        name: String,
    },
    /// A column takes another name.
    RenameColumn {
        /// The present name.
        from: String,
        /// The new name.
        to: String,
    },
    /// A new primary key.
    AddPrimaryKey(PrimaryKeyDef),
    /// The primary key goes.
    DropPrimaryKey {
        /// The constraint's name by convention; used where the engine has names for primary keys.
        name: String,
    },
    /// A new index or unique key.
    AddIndex(IndexDef),
    /// An index or unique key goes.
    DropIndex {
        /// Its name.
        name: String,
        /// Which kind.
        kind: IndexKind,
        /// How it is done to a table in use.
        #[serde(default, skip_serializing_if = "is_default")]
        mode: AlterMode,
    },
    /// An index takes another name.
    RenameIndex {
        /// The present name.
        from: String,
        /// The new name.
        to: String,
    },
    /// A new foreign key.
    AddForeignKey(ForeignKeyDef),
    /// A foreign key goes.
    DropForeignKey {
        /// Its name.
        name: String,
        /// Its columns when it was named by them: SQLite keeps no names for keys that it did not get one for.
        columns: Vec<String>,
    },
    /// A new check.
    AddCheck(CheckDef),
    /// A check goes.
    DropCheck {
        /// Its name.
        name: String,
    },
    /// The table's comment; `None` removes it.
    Comment(Option<String>),
    /// A new exclusion constraint.
    AddExclusion(ExclusionDef),
    /// An exclusion constraint goes.
    DropExclusion {
        /// Its name.
        name: String,
    },
    /// The options that are mentioned take these values; the others stay.
    Options(TableOptions),
    /// A constraint that was added without a look at the rows is held against them.
    ValidateConstraint {
        /// Its name.
        name: String,
    },
    /// A table becomes a partition of this one.
    AttachPartition {
        /// The partition.
        name: TableName,
        /// Its bounds as written.
        bounds: String,
    },
    /// A partition becomes a table of its own.
    DetachPartition {
        /// The partition.
        name: TableName,
        /// Its bounds, for the way back.
        bounds: Option<String>,
        /// How it is done to a table in use.
        #[serde(default, skip_serializing_if = "is_default")]
        mode: AlterMode,
    },
}

impl TableChange {
    /// The partition that comes or goes.
    #[must_use]
    pub fn partition(&self) -> Option<&TableName> {
        match self {
            TableChange::AttachPartition { name, .. } | TableChange::DetachPartition { name, .. } => {
                Some(name)
            }
            _ => None,
        }
    }

    /// A short phrase for people: `add column title`.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            TableChange::AddColumn(column) => format!("add column {}", column.name),
            TableChange::ChangeColumn(column) => format!("change column {}", column.name),
            TableChange::DropColumn { name } => format!("drop column {name}"),
            TableChange::RenameColumn { from, to } => format!("rename column {from} to {to}"),
            TableChange::AddPrimaryKey(key) => format!("add primary key ({})", key.columns.join(", ")),
            TableChange::DropPrimaryKey { .. } => "drop primary key".to_owned(),
            TableChange::AddIndex(index) => match index.kind {
                IndexKind::Unique => format!("add unique {}", index.name),
                _ => format!("add index {}", index.name),
            },
            TableChange::DropIndex { name, .. } => format!("drop index {name}"),
            TableChange::RenameIndex { from, to } => format!("rename index {from} to {to}"),
            TableChange::AddForeignKey(key) => format!("add foreign key {}", key.name),
            TableChange::DropForeignKey { name, .. } => format!("drop foreign key {name}"),
            TableChange::AddCheck(check) => format!("add check {}", check.name),
            TableChange::DropCheck { name } => format!("drop check {name}"),
            TableChange::Comment(Some(_)) => "set comment".to_owned(),
            TableChange::Comment(None) => "remove comment".to_owned(),
            TableChange::AddExclusion(exclusion) => format!("add exclusion {}", exclusion.name),
            TableChange::DropExclusion { name } => format!("drop exclusion {name}"),
            TableChange::Options(_) => "set table options".to_owned(),
            TableChange::ValidateConstraint { name } => format!("validate constraint {name}"),
            TableChange::AttachPartition { name, .. } => format!("attach partition {name}"),
            TableChange::DetachPartition { name, .. } => format!("detach partition {name}"),
        }
    }
}
