//! Indexes and unique keys: what they are over, and their modifiers.

use super::{Blueprint, ColumnNames, IndexColumns};
use crate::operation::{Deferrable, IndexColumn, IndexDef, IndexKey, IndexKind, NullsOrder, TableChange};

/// A column of an index, to say more about it: `column("title").operator_class("text_pattern_ops")`.
#[must_use]
pub fn column(name: &str) -> IndexColumn {
    IndexColumn::column(name)
}

/// A column of an index from the largest to the smallest: `table.index([column("author_id"), desc("created_at")])`.
#[must_use]
pub fn desc(name: &str) -> IndexColumn {
    IndexColumn::column(name).desc()
}

/// An expression in an index, as written: `table.unique(expression("lower(email)"))`.
#[must_use]
pub fn expression(sql: &str) -> IndexColumn {
    IndexColumn::expression(sql)
}

/// The leading characters of a column in an index: `table.index(prefix("body", 20))`.
#[must_use]
pub fn prefix(name: &str, length: u32) -> IndexColumn {
    IndexColumn { length: Some(length), ..IndexColumn::column(name) }
}

impl IndexColumn {
    /// From the largest to the smallest.
    #[must_use]
    pub fn desc(mut self) -> Self {
        self.descending = true;
        self
    }

    /// NULLs before everything.
    #[must_use]
    pub fn nulls_first(mut self) -> Self {
        self.nulls = Some(NullsOrder::First);
        self
    }

    /// NULLs behind everything.
    #[must_use]
    pub fn nulls_last(mut self) -> Self {
        self.nulls = Some(NullsOrder::Last);
        self
    }

    /// The operator class: `column("title").operator_class("text_pattern_ops")`.
    #[must_use]
    pub fn operator_class(mut self, name: &str) -> Self {
        self.operator_class = Some(name.to_owned());
        self
    }

    /// A collation that is not the column's.
    #[must_use]
    pub fn collation(mut self, name: &str) -> Self {
        self.collation = Some(name.to_owned());
        self
    }

    /// What stands for it in a conventional name: the column, or the letters and digits of the expression.
    pub(super) fn word(&self) -> String {
        match &self.key {
            IndexKey::Column(name) => name.clone(),
            IndexKey::Expression(sql) => {
                let words = sql.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
                words.collect::<Vec<_>>().join("_")
            }
        }
    }
}

impl Blueprint {
    /// An index: `table.index("title")`, `table.index(["author_id", "created_at"])`,
    /// `table.index([column("author_id"), desc("created_at")]).named("newest").where_("published")`.
    pub fn index(&mut self, columns: impl IndexColumns) -> &mut IndexDef {
        self.add_index(IndexKind::Index, columns.parts())
    }

    /// A unique key: `table.unique("email")`, `table.unique(["team_id", "number"])`.
    pub fn unique(&mut self, columns: impl IndexColumns) -> &mut IndexDef {
        self.add_index(IndexKind::Unique, columns.parts())
    }

    /// An index of the words in texts: `table.full_text(["title", "body"]).language("english")`.
    pub fn full_text(&mut self, columns: impl IndexColumns) -> &mut IndexDef {
        self.add_index(IndexKind::FullText, columns.parts())
    }

    /// An index of shapes.
    pub fn spatial_index(&mut self, columns: impl IndexColumns) -> &mut IndexDef {
        self.add_index(IndexKind::Spatial, columns.parts())
    }

    /// An index of nearest neighbours.
    pub fn vector_index(&mut self, columns: impl IndexColumns) -> &mut IndexDef {
        self.add_index(IndexKind::Vector, columns.parts())
    }

    #[inline(never)]
    fn add_index(&mut self, kind: IndexKind, columns: Vec<IndexColumn>) -> &mut IndexDef {
        let name = self.name_over(&columns, kind.word());
        match self.push(TableChange::AddIndex(IndexDef { name, columns, kind, ..IndexDef::default() })) {
            TableChange::AddIndex(index) => index,
            _ => unreachable!("pushed on the line above"),
        }
    }
}

impl IndexDef {
    /// A name of its own instead of the conventional one.
    pub fn named(&mut self, name: &str) -> &mut Self {
        name.clone_into(&mut self.name);
        self
    }

    /// Only the rows for which this holds: `table.unique("email").where_("deleted_at IS NULL")`.
    pub fn where_(&mut self, predicate: &str) -> &mut Self {
        self.predicate = Some(predicate.to_owned());
        self
    }

    /// The access method: `btree`, `hash`, `gin`, `gist`, `brin`, `hnsw`.
    pub fn method(&mut self, name: &str) -> &mut Self {
        self.method = Some(name.to_owned());
        self
    }

    /// Columns that are kept in the index without being searched by.
    pub fn include(&mut self, columns: impl ColumnNames) -> &mut Self {
        self.include = columns.names();
        self
    }

    /// Of a unique key: two NULLs are the same value.
    pub fn nulls_not_distinct(&mut self) -> &mut Self {
        self.nulls_not_distinct = true;
        self
    }

    /// Of a unique key: a transaction may ask for the check at its end.
    pub fn deferrable(&mut self) -> &mut Self {
        self.deferrable = Some(Deferrable::Immediate);
        self
    }

    /// Of a unique key: it is checked at the end of the transaction.
    pub fn initially_deferred(&mut self) -> &mut Self {
        self.deferrable = Some(Deferrable::Deferred);
        self
    }

    /// Of a full-text index: the language of the texts.
    pub fn language(&mut self, name: &str) -> &mut Self {
        self.language = Some(name.to_owned());
        self
    }

    /// A comment kept by the database.
    pub fn comment(&mut self, text: &str) -> &mut Self {
        self.comment = Some(text.to_owned());
        self
    }

    /// Kept up to date, and not used by the optimizer.
    pub fn invisible(&mut self) -> &mut Self {
        self.invisible = true;
        self
    }

    /// A storage parameter: `parameter("fillfactor", "70")`. The last word on a name counts.
    pub fn parameter(&mut self, name: &str, value: &str) -> &mut Self {
        super::options::set(&mut self.parameters, name, value);
        self
    }
}
