//! One table under construction or under change.

use super::{ColumnNames, conventional_name, schema::DslError};
use crate::operation::{
    CheckDef, ColumnDef, ColumnType, ForeignKeyDef, IndexDef, IndexKind, IndexRequest, PrimaryKeyDef,
    TableChange, TableDef, TableName,
};

/// What a closure of [`Schema::create`](super::Schema::create) or [`Schema::table`](super::Schema::table) works on.
///
/// Every method records; the last call on a column is the last word about it, and no closing call is needed.
pub struct Blueprint {
    table: TableName,
    changes: Vec<TableChange>,
    errors: Vec<DslError>,
}

impl Blueprint {
    pub(super) fn new(table: TableName) -> Self {
        Self { table, changes: Vec::new(), errors: Vec::new() }
    }

    /// Adds a column of any type.
    pub fn column(&mut self, name: &str, kind: ColumnType) -> &mut ColumnDef {
        self.changes.push(TableChange::AddColumn(ColumnDef::new(name, kind)));
        match self.changes.last_mut() {
            Some(TableChange::AddColumn(column)) => column,
            _ => unreachable!("pushed on the line above"),
        }
    }

    /// A primary key over columns.
    pub fn primary(&mut self, columns: impl ColumnNames) {
        let columns = columns.names();
        let name = self.name(&columns, "primary");
        self.changes.push(TableChange::AddPrimaryKey(PrimaryKeyDef { name, columns }));
    }

    /// A unique key over columns, named by convention.
    pub fn unique(&mut self, columns: impl ColumnNames) {
        let columns = columns.names();
        let name = self.name(&columns, "unique");
        self.changes.push(TableChange::AddIndex(IndexDef { name, columns, kind: IndexKind::Unique }));
    }

    /// A unique key with a name of its own.
    pub fn unique_named(&mut self, name: &str, columns: impl ColumnNames) {
        let index = IndexDef { name: name.to_owned(), columns: columns.names(), kind: IndexKind::Unique };
        self.changes.push(TableChange::AddIndex(index));
    }

    /// An index over columns, named by convention.
    pub fn index(&mut self, columns: impl ColumnNames) {
        let columns = columns.names();
        let name = self.name(&columns, "index");
        self.changes.push(TableChange::AddIndex(IndexDef { name, columns, kind: IndexKind::Index }));
    }

    /// An index with a name of its own.
    pub fn index_named(&mut self, name: &str, columns: impl ColumnNames) {
        let index = IndexDef { name: name.to_owned(), columns: columns.names(), kind: IndexKind::Index };
        self.changes.push(TableChange::AddIndex(index));
    }

    /// A foreign key over columns: `table.foreign(["a", "b"]).references(["x", "y"]).on("parents")`.
    pub fn foreign(&mut self, columns: impl ColumnNames) -> &mut ForeignKeyDef {
        let columns = columns.names();
        let name = self.name(&columns, "foreign");
        self.changes.push(TableChange::AddForeignKey(ForeignKeyDef {
            name,
            columns,
            references: TableName { schema: None, name: String::new() },
            referenced_columns: Vec::new(),
            on_delete: None,
            on_update: None,
        }));
        match self.changes.last_mut() {
            Some(TableChange::AddForeignKey(key)) => key,
            _ => unreachable!("pushed on the line above"),
        }
    }

    /// A check constraint with a name and an expression as written.
    pub fn check(&mut self, name: &str, expression: &str) {
        let check = CheckDef { name: name.to_owned(), expression: expression.to_owned() };
        self.changes.push(TableChange::AddCheck(check));
    }

    /// The table's comment.
    pub fn comment(&mut self, text: &str) {
        self.changes.push(TableChange::Comment(Some(text.to_owned())));
    }

    /// Removes a column with its values.
    pub fn drop_column(&mut self, name: &str) {
        self.changes.push(TableChange::DropColumn { name: name.to_owned() });
    }

    /// Removes columns with their values.
    pub fn drop_columns(&mut self, names: impl ColumnNames) {
        for name in names.names() {
            self.changes.push(TableChange::DropColumn { name });
        }
    }

    /// Gives a column another name.
    pub fn rename_column(&mut self, from: &str, to: &str) {
        self.changes.push(TableChange::RenameColumn { from: from.to_owned(), to: to.to_owned() });
    }

    /// Removes the primary key over these columns.
    pub fn drop_primary(&mut self, columns: impl ColumnNames) {
        let name = self.name(&columns.names(), "primary");
        self.changes.push(TableChange::DropPrimaryKey { name });
    }

    /// Removes the index over these columns, by its conventional name.
    pub fn drop_index(&mut self, columns: impl ColumnNames) {
        let name = self.name(&columns.names(), "index");
        self.changes.push(TableChange::DropIndex { name, kind: IndexKind::Index });
    }

    /// Removes an index by its name.
    pub fn drop_index_named(&mut self, name: &str) {
        self.changes.push(TableChange::DropIndex { name: name.to_owned(), kind: IndexKind::Index });
    }

    /// Removes the unique key over these columns, by its conventional name.
    pub fn drop_unique(&mut self, columns: impl ColumnNames) {
        let name = self.name(&columns.names(), "unique");
        self.changes.push(TableChange::DropIndex { name, kind: IndexKind::Unique });
    }

    /// Removes a unique key by its name.
    pub fn drop_unique_named(&mut self, name: &str) {
        self.changes.push(TableChange::DropIndex { name: name.to_owned(), kind: IndexKind::Unique });
    }

    /// Gives an index another name.
    pub fn rename_index(&mut self, from: &str, to: &str) {
        self.changes.push(TableChange::RenameIndex { from: from.to_owned(), to: to.to_owned() });
    }

    /// Removes the foreign key over these columns, by its conventional name.
    pub fn drop_foreign(&mut self, columns: impl ColumnNames) {
        let columns = columns.names();
        let name = self.name(&columns, "foreign");
        self.changes.push(TableChange::DropForeignKey { name, columns });
    }

    /// Removes a foreign key by its name.
    pub fn drop_foreign_named(&mut self, name: &str) {
        self.changes.push(TableChange::DropForeignKey { name: name.to_owned(), columns: Vec::new() });
    }

    /// Removes a foreign key and its column.
    pub fn drop_constrained_foreign_id(&mut self, column: &str) {
        self.drop_foreign(column);
        self.drop_column(column);
    }

    /// Removes a check constraint by its name.
    pub fn drop_check(&mut self, name: &str) {
        self.changes.push(TableChange::DropCheck { name: name.to_owned() });
    }

    fn name(&self, columns: &[String], kind: &str) -> String {
        conventional_name(&self.table.name, columns, kind)
    }

    /// The recorded changes with the requests of single columns lifted out: their keys and indexes follow the columns.
    pub(super) fn into_changes(self) -> (Vec<TableChange>, Vec<DslError>) {
        let table = self.table;
        let mut changes = Vec::with_capacity(self.changes.len());
        let mut lifted = Vec::new();
        for change in self.changes {
            match change {
                TableChange::AddColumn(mut column) => {
                    lift(&table, &mut column, &mut lifted);
                    let changed = column.change;
                    changes.push(if changed {
                        TableChange::ChangeColumn(column)
                    } else {
                        TableChange::AddColumn(column)
                    });
                }
                other => changes.push(other),
            }
        }
        // Indexes come before foreign keys: MySQL would otherwise make one of its own for the key.
        lifted.sort_by_key(|change| matches!(change, TableChange::AddForeignKey(_)));
        changes.extend(lifted);
        (changes, self.errors)
    }

    pub(super) fn into_table(self, if_not_exists: bool) -> (TableDef, Vec<DslError>) {
        let name = self.table.clone();
        let (changes, mut errors) = self.into_changes();
        let mut table = TableDef {
            name: name.clone(),
            columns: Vec::new(),
            primary_key: None,
            indexes: Vec::new(),
            foreign_keys: Vec::new(),
            checks: Vec::new(),
            comment: None,
            if_not_exists,
        };
        for change in changes {
            match change {
                TableChange::AddColumn(column) => table.columns.push(column),
                TableChange::AddPrimaryKey(key) if table.primary_key.is_none() => {
                    table.primary_key = Some(key)
                }
                TableChange::AddPrimaryKey(_) => {
                    errors.push(DslError::TwoPrimaryKeys { table: name.to_string() })
                }
                TableChange::AddIndex(index) => table.indexes.push(index),
                TableChange::AddForeignKey(key) => table.foreign_keys.push(key),
                TableChange::AddCheck(check) => table.checks.push(check),
                TableChange::Comment(comment) => table.comment = comment,
                other => {
                    errors.push(DslError::NotInCreate { table: name.to_string(), change: other.describe() })
                }
            }
        }
        (table, errors)
    }
}

/// Moves a column's own keys and index to the table. An auto-increment column keeps its key: dialects spell it there.
fn lift(table: &TableName, column: &mut ColumnDef, lifted: &mut Vec<TableChange>) {
    let named = |request: IndexRequest, kind: &str| match request {
        IndexRequest::Named(name) => name,
        IndexRequest::Conventional => conventional_name(&table.name, &[&column.name], kind),
    };
    let columns = vec![column.name.clone()];
    if column.primary && !column.auto_increment {
        let name = conventional_name(&table.name, &columns, "primary");
        lifted.push(TableChange::AddPrimaryKey(PrimaryKeyDef { name, columns: columns.clone() }));
    }
    if let Some(request) = column.unique.clone() {
        let name = named(request, "unique");
        lifted.push(TableChange::AddIndex(IndexDef {
            name,
            columns: columns.clone(),
            kind: IndexKind::Unique,
        }));
    }
    if let Some(request) = column.index.clone() {
        let name = named(request, "index");
        lifted.push(TableChange::AddIndex(IndexDef {
            name,
            columns: columns.clone(),
            kind: IndexKind::Index,
        }));
    }
    if let Some(reference) = column.references.clone() {
        let name = reference.name.unwrap_or_else(|| conventional_name(&table.name, &columns, "foreign"));
        lifted.push(TableChange::AddForeignKey(ForeignKeyDef {
            name,
            columns,
            references: reference.table,
            referenced_columns: vec![reference.column],
            on_delete: reference.on_delete,
            on_update: reference.on_update,
        }));
    }
    column.unique = None;
    column.index = None;
    column.references = None;
    if !column.auto_increment {
        column.primary = false;
    }
}
