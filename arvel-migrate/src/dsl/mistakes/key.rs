//! Keys: over nothing, over what the table does not have, over columns that can not be what the key makes of them.

use super::{DslError, Mistakes};
use crate::operation::{ColumnDef, ForeignKeyAction, ForeignKeyDef, PrimaryKeyDef, TableChange, TableDef};

impl Mistakes {
    pub(super) fn primary_key(&mut self, key: &PrimaryKeyDef, changes: &[TableChange]) {
        if key.columns.is_empty() {
            self.found.push(DslError::EmptyName { table: self.table.clone(), what: "primary key column" });
        }
        self.repeated("primary key", &key.name, &key.columns);
        for column in key.columns.iter().filter(|name| written(changes, name, ColumnDef::may_be_null)) {
            let (table, column) = (self.table.clone(), column.clone());
            self.found.push(DslError::NullablePrimaryKey { table, column });
        }
    }

    pub(super) fn foreign_key(&mut self, key: &ForeignKeyDef, changes: &[TableChange]) {
        let (table, name) = (self.table.clone(), key.name.clone());
        let (columns, referenced) = (key.columns.len(), key.referenced_columns.len());
        if columns == 0 || referenced == 0 || key.references.name.is_empty() {
            self.found.push(DslError::IncompleteForeignKey { table, name });
        } else if columns != referenced {
            self.found.push(DslError::ForeignKeyColumns { table, name, columns, referenced });
        }
        self.repeated("foreign key", &key.name, &key.columns);
        if ![key.on_delete, key.on_update].contains(&Some(ForeignKeyAction::SetNull)) {
            return;
        }
        for column in key.columns.iter().filter(|name| written(changes, name, |column| !column.may_be_null()))
        {
            self.found.push(DslError::ForeignKeyNeedsNull {
                table: self.table.clone(),
                name: key.name.clone(),
                column: column.clone(),
            });
        }
    }

    /// Columns that a new table's keys and indexes name, and that it does not have.
    pub(super) fn unknown_columns(&mut self, table: &TableDef) {
        let keys =
            table.primary_key.iter().map(|key| ("primary key", &key.name, key.columns.iter().collect()));
        let indexes = table
            .indexes
            .iter()
            .map(|index| ("index", &index.name, index.column_names().chain(&index.include).collect()));
        let foreign = table
            .foreign_keys
            .iter()
            .map(|key| ("foreign key", &key.name, key.columns.iter().collect::<Vec<_>>()));
        for (what, key, columns) in keys.chain(indexes).chain(foreign) {
            for column in
                columns.into_iter().filter(|column| !table.columns.iter().any(|c| c.name == **column))
            {
                self.found.push(DslError::UnknownColumn {
                    table: self.table.clone(),
                    what,
                    name: key.clone(),
                    column: column.clone(),
                });
            }
        }
    }
}

impl ColumnDef {
    fn may_be_null(&self) -> bool {
        self.nullable == Some(true)
    }
}

/// Whether a column that is added here is so. Of a column that was there before nobody knows.
fn written(changes: &[TableChange], name: &str, is_so: impl Fn(&ColumnDef) -> bool) -> bool {
    changes.iter().any(|change| match change {
        TableChange::AddColumn(column) => column.name == name && is_so(column),
        _ => false,
    })
}
