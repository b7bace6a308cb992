//! Indexes and unique keys.

use serde::{Deserialize, Serialize};

use super::{AlterMode, Deferrable, is_default};

/// The kinds of indexes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IndexKind {
    /// An ordinary index.
    #[default]
    Index,
    /// A unique key.
    Unique,
    /// Words in texts.
    FullText,
    /// Shapes.
    Spatial,
    /// Nearest neighbours.
    Vector,
}

impl IndexKind {
    /// The last part of a conventional name: `posts_title_index`.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            IndexKind::Index => "index",
            IndexKind::Unique => "unique",
            IndexKind::FullText => "fulltext",
            IndexKind::Spatial => "spatial_index",
            IndexKind::Vector => "vector_index",
        }
    }
}

/// An index or unique key.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexDef {
    /// The name, by convention `{table}_{columns}_{kind}`.
    pub name: String,
    /// What is indexed, in order.
    pub columns: Vec<IndexColumn>,
    /// Which kind.
    pub kind: IndexKind,
    /// The access method: `btree`, `hash`, `gin`, `gist`, `brin`, `hnsw`; the kind's own when absent.
    #[serde(default, skip_serializing_if = "is_default")]
    pub method: Option<String>,
    /// The rows that it covers; all when absent.
    #[serde(default, skip_serializing_if = "is_default")]
    pub predicate: Option<String>,
    /// Columns that are kept in it without being searched by.
    #[serde(default, skip_serializing_if = "is_default")]
    pub include: Vec<String>,
    /// Whether two NULLs count as the same value.
    #[serde(default, skip_serializing_if = "is_default")]
    pub nulls_not_distinct: bool,
    /// Whether the check of a unique key may wait for the end of the transaction.
    #[serde(default, skip_serializing_if = "is_default")]
    pub deferrable: Option<Deferrable>,
    /// The language of the texts.
    #[serde(default, skip_serializing_if = "is_default")]
    pub language: Option<String>,
    /// The comment.
    #[serde(default, skip_serializing_if = "is_default")]
    pub comment: Option<String>,
    /// Whether the optimizer does not use it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub invisible: bool,
    /// Storage parameters: `fillfactor`, `m`, `pages_per_range`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub parameters: Vec<(String, String)>,
    /// How it is made on a table in use.
    #[serde(default, skip_serializing_if = "is_default")]
    pub mode: AlterMode,
}

impl IndexDef {
    /// An index over plain columns.
    #[must_use]
    pub fn over(name: impl Into<String>, columns: &[String], kind: IndexKind) -> Self {
        let columns = columns.iter().map(IndexColumn::column).collect();
        Self { name: name.into(), columns, kind, ..Self::default() }
    }

    /// The plain columns among what is indexed.
    pub fn column_names(&self) -> impl Iterator<Item = &String> {
        self.columns.iter().filter_map(IndexColumn::name)
    }

    /// Whether columns and kind tell all.
    #[must_use]
    pub fn is_plain(&self) -> bool {
        let columns: Vec<String> = self.column_names().cloned().collect();
        *self == Self::over(self.name.clone(), &columns, self.kind)
    }
}

/// A column or an expression in an index.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct IndexColumn {
    /// What is indexed.
    pub key: IndexKey,
    /// Whether from the largest to the smallest.
    #[serde(default, skip_serializing_if = "is_default")]
    pub descending: bool,
    /// Where NULLs are; the engine's own order when absent.
    #[serde(default, skip_serializing_if = "is_default")]
    pub nulls: Option<NullsOrder>,
    /// How many leading characters.
    #[serde(default, skip_serializing_if = "is_default")]
    pub length: Option<u32>,
    /// The operator class.
    #[serde(default, skip_serializing_if = "is_default")]
    pub operator_class: Option<String>,
    /// The collation, when it is not the column's.
    #[serde(default, skip_serializing_if = "is_default")]
    pub collation: Option<String>,
}

/// What is indexed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum IndexKey {
    /// A column.
    Column(String),
    /// An expression as written, or in the database's words.
    Expression(String),
}

/// Where NULLs are in an index.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NullsOrder {
    /// Before everything.
    First,
    /// Behind everything.
    Last,
}

impl IndexColumn {
    /// A whole column in the usual order.
    #[must_use]
    pub fn column(name: impl Into<String>) -> Self {
        Self::of(IndexKey::Column(name.into()))
    }

    /// An expression in the usual order.
    #[must_use]
    pub fn expression(sql: impl Into<String>) -> Self {
        Self::of(IndexKey::Expression(sql.into()))
    }

    fn of(key: IndexKey) -> Self {
        Self { key, descending: false, nulls: None, length: None, operator_class: None, collation: None }
    }

    /// The column's name; `None` for an expression.
    #[must_use]
    pub fn name(&self) -> Option<&String> {
        match &self.key {
            IndexKey::Column(name) => Some(name),
            IndexKey::Expression(_) => None,
        }
    }

    /// The column's name or the expression.
    #[must_use]
    pub fn text(&self) -> &str {
        match &self.key {
            IndexKey::Column(text) | IndexKey::Expression(text) => text,
        }
    }
}

impl From<&str> for IndexColumn {
    fn from(name: &str) -> Self {
        Self::column(name)
    }
}
