//! A database's schema as a value: what inspection reads and what operations fold into.
//!
//! Types, defaults and expressions are kept in the database's own words; nothing here interprets them.

mod wanted;

use std::collections::BTreeMap;

pub use wanted::Wanted;

use crate::operation::{
    CheckDef, Deferrable, ForeignKeyAction, Generated, Identity, IndexColumn, IndexDef, IndexKind, Object,
    ObjectId, ObjectKind, PartitionDef, TableName, TableOptions, TriggerDef,
};

/// What is in a database, or what of it was asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DatabaseSchema {
    /// The tables by name.
    pub tables: BTreeMap<TableName, Table>,
    /// What there is besides tables, in the database's words. Triggers and partitions of a table stand with the table;
    /// here are those that were asked for by name, and the triggers of views.
    pub objects: BTreeMap<ObjectId, Object>,
}

impl DatabaseSchema {
    /// A table by its name.
    #[must_use]
    pub fn table(&self, name: &TableName) -> Option<&Table> {
        self.tables.get(name)
    }

    /// What SQL as written and code hardly ever change: which tables there are, and their options.
    #[must_use]
    pub fn outlines(&self) -> Self {
        let outline = |table: &Table| Table { options: table.options.clone(), ..Table::default() };
        Self {
            tables: self.tables.iter().map(|(name, table)| (name.clone(), outline(table))).collect(),
            objects: BTreeMap::new(),
        }
    }

    /// Takes the texts of views, routines and triggers away: what they are is no longer known, but only that they are.
    pub(crate) fn forget_texts(&mut self) {
        for table in self.tables.values_mut() {
            table.triggers.iter_mut().chain(&mut table.views).for_each(|(_, text)| text.clear());
        }
        let below = self.tables.values_mut().flat_map(|table| &mut table.below);
        for object in self.objects.values_mut().chain(below) {
            match object {
                Object::View(view) => view.query.clear(),
                Object::Routine(routine) => routine.sql.clear(),
                Object::Trigger(trigger) => trigger.sql.clear(),
                _ => {}
            }
        }
    }

    /// Something besides a table, by what tells it. A trigger or partition may stand with its table.
    #[must_use]
    pub fn object(&self, id: &ObjectId) -> Option<Object> {
        if let Some(object) = self.objects.get(id) {
            return Some(object.clone());
        }
        let of = id.table.as_ref()?;
        let table = self.tables.get(of)?;
        match id.kind {
            ObjectKind::Trigger => {
                let (name, sql) = table.triggers.iter().find(|(name, _)| *name == id.name.name)?.clone();
                Some(Object::Trigger(TriggerDef { name, table: of.clone(), sql }))
            }
            ObjectKind::Partition => {
                let (name, bounds) = table.partitions.iter().find(|(name, _)| *name == id.name)?.clone();
                Some(Object::Partition(PartitionDef { name, of: of.clone(), bounds }))
            }
            _ => None,
        }
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
    /// Exclusion constraints.
    pub exclusions: Vec<Exclusion>,
    /// The comment.
    pub comment: Option<String>,
    /// Engine, character set and the like.
    pub options: TableOptions,
    /// How its rows are split, in the database's words: `RANGE (created_at)`.
    pub partition_by: Option<String>,
    /// Its partitions: name and bounds.
    pub partitions: Vec<(TableName, String)>,
    /// PostgreSQL: whose partition it is, and its bounds. Such a table is seen only when it is asked for by name.
    pub partition_of: Option<(TableName, String)>,
    /// PostgreSQL: what stands below its partitions, each behind what it stands on: partitions of partitions, triggers. Seen
    /// only when the table is asked for by name.
    pub below: Vec<Object>,
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
    /// The standard's identity column: how it counts.
    pub identity: Option<Identity>,
    /// The expression of a generated column and whether it is stored.
    pub generated: Option<Generated>,
    /// Whether it is hidden from `SELECT *`.
    pub invisible: bool,
    /// The character set, when it is not the table's own.
    pub charset: Option<String>,
    /// The collation, when it is not the table's own.
    pub collation: Option<String>,
    /// The comment.
    pub comment: Option<String>,
    /// MySQL and MariaDB: what follows the type and has no field of its own, such as `on update current_timestamp()`.
    /// PostgreSQL: the check beside the type, `check "posts_status_check" in ('draft', 'live')`.
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
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Index {
    /// The name.
    pub name: String,
    /// What is indexed, in order.
    pub columns: Vec<IndexColumn>,
    /// Which kind.
    pub kind: IndexKind,
    /// The access method, when it is not the kind's own.
    pub method: Option<String>,
    /// The rows that it covers, when not all.
    pub predicate: Option<String>,
    /// Columns that are kept in it without being searched by.
    pub include: Vec<String>,
    /// Whether two NULLs count as the same value.
    pub nulls_not_distinct: bool,
    /// Whether the check of a unique key may wait.
    pub deferrable: Option<Deferrable>,
    /// The language of a full text index, when it is not the one that is taken by itself.
    pub language: Option<String>,
    /// The comment.
    pub comment: Option<String>,
    /// Whether the optimizer does not use it.
    pub invisible: bool,
    /// Storage parameters.
    pub parameters: Vec<(String, String)>,
    /// Whether it was left unusable by an online build that failed.
    pub invalid: bool,
    /// The text that creates it, where the engine keeps one; `None` for one that a constraint made.
    /// On servers only where the other fields do not tell all.
    pub sql: Option<String>,
    /// Whether a constraint of the table made it (PostgreSQL `UNIQUE`, SQLite's automatic indexes).
    pub constraint: bool,
}

impl Index {
    /// The definition as the database holds it, in its plainest reading: what is said in the dialect's words stays.
    #[must_use]
    pub fn of(def: &IndexDef) -> Self {
        Self {
            name: def.name.clone(),
            columns: def.columns.clone(),
            kind: def.kind,
            method: def.method.clone(),
            predicate: def.predicate.clone(),
            include: def.include.clone(),
            nulls_not_distinct: def.nulls_not_distinct,
            deferrable: def.deferrable,
            language: def.language.clone(),
            comment: def.comment.clone(),
            invisible: def.invisible,
            parameters: def.parameters.clone(),
            ..Self::default()
        }
    }

    /// Names and expressions in order.
    #[must_use]
    pub fn texts(&self) -> Vec<&str> {
        self.columns.iter().map(IndexColumn::text).collect()
    }

    /// The plain columns among what is indexed.
    pub fn column_names(&self) -> impl Iterator<Item = &String> {
        self.columns.iter().filter_map(IndexColumn::name)
    }

    /// Whether it covers a column, as itself or as an included one.
    #[must_use]
    pub fn covers(&self, column: &str) -> bool {
        self.column_names().chain(&self.include).any(|name| name == column)
    }
}

/// A foreign key.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
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
    /// Whether the check may wait for the end of the transaction.
    pub deferrable: Option<Deferrable>,
    /// Whether a key with one NULL part must be NULL in all.
    pub match_full: bool,
    /// Whether the rows that were there have not been looked at.
    pub not_valid: bool,
}

impl Check {
    /// The check as it was asked for.
    #[must_use]
    pub fn of(def: &CheckDef) -> Self {
        Self {
            name: Some(def.name.clone()),
            expression: def.expression.clone(),
            not_valid: def.mode.not_valid,
        }
    }
}

/// A check constraint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    /// The name, where the engine keeps one.
    pub name: Option<String>,
    /// The expression in the database's words.
    pub expression: String,
    /// Whether the rows that were there have not been looked at.
    pub not_valid: bool,
}

/// An exclusion constraint.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Exclusion {
    /// The name.
    pub name: String,
    /// The definition in the database's words: `EXCLUDE USING gist (room WITH =, during WITH &&)`.
    pub definition: String,
}
