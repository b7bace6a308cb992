//! Tables, their keys and indexes, and the changes of a table.

use std::fmt;

use super::ColumnDef;

/// The name of a table, with its schema when one was written: `audit.entries`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TableName {
    /// The schema (PostgreSQL) or database (MySQL); `None` is the connection's own.
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
#[derive(Clone, Debug, PartialEq)]
pub struct TableDef {
    /// The name.
    pub name: TableName,
    /// The columns in order.
    pub columns: Vec<ColumnDef>,
    /// The primary key, unless an auto-increment column is it.
    pub primary_key: Option<PrimaryKeyDef>,
    /// Indexes and unique keys.
    pub indexes: Vec<IndexDef>,
    /// Foreign keys.
    pub foreign_keys: Vec<ForeignKeyDef>,
    /// Check constraints.
    pub checks: Vec<CheckDef>,
    /// The comment.
    pub comment: Option<String>,
    /// Whether an existing table is fine.
    pub if_not_exists: bool,
}

/// A primary key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrimaryKeyDef {
    /// The constraint's name, by convention `{table}_{columns}_primary`; MySQL and MariaDB always call it `PRIMARY`.
    pub name: String,
    /// The columns in order.
    pub columns: Vec<String>,
}

/// Plain or unique.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum IndexKind {
    /// An ordinary index.
    Index,
    /// A unique key.
    Unique,
}

/// An index or unique key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct IndexDef {
    /// The name, by convention `{table}_{columns}_{index|unique}`.
    pub name: String,
    /// The columns in order.
    pub columns: Vec<String>,
    /// Plain or unique.
    pub kind: IndexKind,
}

/// What happens to child rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ForeignKeyAction {
    /// The change of the parent is refused at the end of the statement.
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
#[derive(Clone, Debug, PartialEq, Eq)]
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
    pub on_delete: Option<ForeignKeyAction>,
    /// When a parent key changes.
    pub on_update: Option<ForeignKeyAction>,
}

/// A check constraint with its expression as written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckDef {
    /// The name, by convention `{table}_{column}_check`.
    pub name: String,
    /// The expression, without the word CHECK.
    pub expression: String,
}

/// One change of an existing table.
#[derive(Clone, Debug, PartialEq)]
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
        /// Plain or unique.
        kind: IndexKind,
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
}

impl TableChange {
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
                IndexKind::Index => format!("add index {}", index.name),
                IndexKind::Unique => format!("add unique {}", index.name),
            },
            TableChange::DropIndex { name, .. } => format!("drop index {name}"),
            TableChange::RenameIndex { from, to } => format!("rename index {from} to {to}"),
            TableChange::AddForeignKey(key) => format!("add foreign key {}", key.name),
            TableChange::DropForeignKey { name, .. } => format!("drop foreign key {name}"),
            TableChange::AddCheck(check) => format!("add check {}", check.name),
            TableChange::DropCheck { name } => format!("drop check {name}"),
            TableChange::Comment(Some(_)) => "set comment".to_owned(),
            TableChange::Comment(None) => "remove comment".to_owned(),
        }
    }
}
