//! A database's schema as a value: what inspection reads and what operations fold into.
//!
//! Types, defaults and expressions are kept in the database's own words; nothing here interprets them.

use std::collections::BTreeMap;

use crate::operation::{ForeignKeyAction, IndexKind, TableName};

/// The tables of a database, or those of them that were asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DatabaseSchema {
    /// The tables by name.
    pub tables: BTreeMap<TableName, Table>,
}

impl DatabaseSchema {
    /// A table by its name.
    #[must_use]
    pub fn table(&self, name: &TableName) -> Option<&Table> {
        self.tables.get(name)
    }
}

/// One table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Table {
    /// The columns in order.
    pub columns: Vec<Column>,
    /// The primary key.
    pub primary_key: Option<PrimaryKey>,
    /// Indexes and unique keys, without the one behind the primary key; by name.
    pub indexes: Vec<Index>,
    /// Foreign keys; by name where they have one, else in the order of the catalog.
    pub foreign_keys: Vec<ForeignKey>,
    /// Check constraints, without those that spell an enumeration or a NOT NULL in another way.
    pub checks: Vec<Check>,
    /// The comment.
    pub comment: Option<String>,
    /// SQLite: the `CREATE TABLE` text.
    pub sql: Option<String>,
    /// Triggers on the table: name and the text that creates it.
    pub triggers: Vec<(String, String)>,
    /// SQLite: views whose text mentions the table.
    pub views: Vec<(String, String)>,
}

impl Table {
    /// A column by its name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }
}

/// One column, in the database's words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Column {
    /// The name.
    pub name: String,
    /// The type as the catalog spells it: `character varying(255)`, `bigint(20) unsigned`, `varchar(255)`.
    pub type_name: String,
    /// Whether NULL is allowed.
    pub nullable: bool,
    /// The default as SQL text.
    pub default: Option<String>,
    /// Whether it counts up by itself.
    pub auto_increment: bool,
    /// The expression of a generated column and whether it is stored.
    pub generated: Option<(String, bool)>,
    /// The collation, when it is not the table's own.
    pub collation: Option<String>,
    /// The comment.
    pub comment: Option<String>,
    /// MySQL and MariaDB: what follows the type and has no field of its own, such as `on update current_timestamp()`.
    /// PostgreSQL: the check of an enumeration, `check "posts_status_check" in ('draft', 'live')`.
    pub extra: Option<String>,
}

/// A primary key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PrimaryKey {
    /// The constraint's name, where the engine has one.
    pub name: Option<String>,
    /// The columns in order.
    pub columns: Vec<String>,
}

/// An index or unique key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Index {
    /// The name.
    pub name: String,
    /// The columns in order; an expression is its text.
    pub columns: Vec<String>,
    /// Plain or unique.
    pub kind: IndexKind,
    /// The text that creates it, where the engine keeps one; `None` for one that a constraint made.
    /// On servers only where columns and kind do not tell all: a predicate, a prefix, an order, another method.
    pub sql: Option<String>,
    /// Whether a constraint of the table made it (PostgreSQL `UNIQUE`, SQLite's automatic indexes).
    pub constraint: bool,
}

/// A foreign key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ForeignKey {
    /// The name, where the engine keeps one.
    pub name: Option<String>,
    /// The child's columns.
    pub columns: Vec<String>,
    /// The parent.
    pub references: TableName,
    /// The parent's columns; empty is the parent's primary key (SQLite).
    pub referenced_columns: Vec<String>,
    /// When a parent row goes.
    pub on_delete: ForeignKeyAction,
    /// When a parent key changes.
    pub on_update: ForeignKeyAction,
}

/// A check constraint.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Check {
    /// The name, where the engine keeps one.
    pub name: Option<String>,
    /// The expression in the database's words.
    pub expression: String,
}
