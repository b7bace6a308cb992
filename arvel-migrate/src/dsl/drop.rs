//! Drops and renames of what a table has.

use super::{Blueprint, ColumnNames, Dropped, Which};
use crate::operation::{AlterMode, IndexColumn, IndexKind, TableChange};

impl Blueprint {
    /// Removes a column with its values.
    pub fn drop_column(&mut self, name: &str) {
        self.push(TableChange::DropColumn { name: name.to_owned() });
    }

    /// Removes columns with their values.
    pub fn drop_columns(&mut self, names: impl ColumnNames) {
        for name in names.names() {
            self.push(TableChange::DropColumn { name });
        }
    }

    /// Gives a column another name.
    pub fn rename_column(&mut self, from: &str, to: &str) {
        self.push(TableChange::RenameColumn { from: from.to_owned(), to: to.to_owned() });
    }

    /// Removes an index by what it is over, or by its name: `table.drop_index("title")`,
    /// `table.drop_index(named("newest")).online()`.
    pub fn drop_index(&mut self, index: impl Dropped) -> &mut AlterMode {
        self.remove_index(IndexKind::Index, index.which())
    }

    /// Removes a unique key.
    pub fn drop_unique(&mut self, key: impl Dropped) -> &mut AlterMode {
        self.remove_index(IndexKind::Unique, key.which())
    }

    /// Removes an index of the words in texts.
    pub fn drop_full_text(&mut self, index: impl Dropped) -> &mut AlterMode {
        self.remove_index(IndexKind::FullText, index.which())
    }

    /// Removes an index of shapes.
    pub fn drop_spatial_index(&mut self, index: impl Dropped) -> &mut AlterMode {
        self.remove_index(IndexKind::Spatial, index.which())
    }

    /// Removes an index of nearest neighbours.
    pub fn drop_vector_index(&mut self, index: impl Dropped) -> &mut AlterMode {
        self.remove_index(IndexKind::Vector, index.which())
    }

    /// Gives an index or unique key another name.
    pub fn rename_index(&mut self, from: &str, to: &str) {
        self.push(TableChange::RenameIndex { from: from.to_owned(), to: to.to_owned() });
    }

    /// Removes the primary key: `table.drop_primary(["post_id", "tag_id"])`.
    pub fn drop_primary(&mut self, key: impl Dropped) {
        let name = self.resolve(key.which(), "primary").0;
        self.push(TableChange::DropPrimaryKey { name });
    }

    /// Removes a foreign key: `table.drop_foreign("author_id")`, `table.drop_foreign(named("posts_author"))`.
    pub fn drop_foreign(&mut self, key: impl Dropped) {
        let (name, columns) = self.resolve(key.which(), "foreign");
        let columns = columns.iter().map(|column| column.text().to_owned()).collect();
        self.push(TableChange::DropForeignKey { name, columns });
    }

    /// Removes a foreign key and its column.
    pub fn drop_constrained_foreign_id(&mut self, column: &str) {
        self.drop_foreign(column);
        self.drop_column(column);
    }

    /// Removes a check by its name.
    pub fn drop_check(&mut self, name: &str) {
        self.push(TableChange::DropCheck { name: name.to_owned() });
    }

    /// Removes an exclusion: `table.drop_exclusion(["room", "during"])`, `table.drop_exclusion(named("no_overlap"))`.
    pub fn drop_exclusion(&mut self, exclusion: impl Dropped) {
        let name = self.resolve(exclusion.which(), "excl").0;
        self.push(TableChange::DropExclusion { name });
    }

    #[inline(never)]
    fn remove_index(&mut self, kind: IndexKind, which: Which) -> &mut AlterMode {
        let name = self.resolve(which, kind.word()).0;
        match self.push(TableChange::DropIndex { name, kind, mode: AlterMode::default() }) {
            TableChange::DropIndex { mode, .. } => mode,
            _ => unreachable!("pushed on the line above"),
        }
    }

    #[inline(never)]
    fn resolve(&self, which: Which, kind: &str) -> (String, Vec<IndexColumn>) {
        match which {
            Which::Named(name) => (name, Vec::new()),
            Which::Over(parts) => (self.name_over(&parts, kind), parts),
        }
    }
}
