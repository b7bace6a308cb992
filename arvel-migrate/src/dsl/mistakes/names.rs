//! Names: of nothing, with a NUL, or given twice.

use std::collections::BTreeSet;

use super::{DslError, Mistakes};
use crate::operation::{
    ColumnDef, ColumnType, IndexDef, IndexKind, Position, TableChange, TableName, TableOptions,
};

impl Mistakes {
    /// The name of something, which must be one.
    pub(super) fn name(&mut self, what: &'static str, name: &str) {
        if name.is_empty() {
            self.found.push(DslError::EmptyName { table: self.table.clone(), what });
        } else if name.contains('\0') {
            self.found.push(DslError::Nul { what, name: name.to_owned() });
        }
    }

    pub(super) fn table_name(&mut self, what: &'static str, table: &TableName) {
        self.name(what, &table.name);
        if let Some(schema) = &table.schema {
            self.name("schema", schema);
        }
    }

    fn every(&mut self, what: &'static str, names: &[String]) {
        names.iter().for_each(|name| self.name(what, name));
    }

    /// Every name that a change writes.
    pub(super) fn names(&mut self, change: &TableChange) {
        match change {
            TableChange::AddColumn(column) | TableChange::ChangeColumn(column) => self.column_names(column),
            TableChange::DropColumn { name } => self.name("column", name),
            TableChange::RenameColumn { from, to } => {
                self.name("column", from);
                self.name("column", to);
            }
            TableChange::RenameIndex { from, to } => {
                self.name("index", from);
                self.name("index", to);
            }
            TableChange::AddPrimaryKey(key) => {
                self.name("primary key", &key.name);
                self.every("column", &key.columns);
            }
            TableChange::DropPrimaryKey { name } => self.name("primary key", name),
            TableChange::AddIndex(index) => self.index_names(index),
            TableChange::DropIndex { name, .. } => self.name("index", name),
            TableChange::AddForeignKey(key) => {
                self.name("foreign key", &key.name);
                self.every("column", &key.columns);
                self.every("column", &key.referenced_columns);
                // A parent without a name is a key that says too little, which has a message of its own.
                if !key.references.name.is_empty() {
                    self.table_name("table", &key.references);
                }
            }
            TableChange::DropForeignKey { name, .. } => self.name("foreign key", name),
            TableChange::AddCheck(check) => self.name("check", &check.name),
            TableChange::DropCheck { name } => self.name("check", name),
            TableChange::AddExclusion(exclusion) => {
                self.name("exclusion", &exclusion.name);
                exclusion.method.iter().for_each(|name| self.name("access method", name));
            }
            TableChange::DropExclusion { name } => self.name("exclusion", name),
            TableChange::ValidateConstraint { name } => self.name("constraint", name),
            TableChange::Options(options) => self.option_names(options),
            TableChange::AttachPartition { name, .. } | TableChange::DetachPartition { name, .. } => {
                self.table_name("partition", name)
            }
            TableChange::Comment(_) => {}
        }
    }

    fn column_names(&mut self, column: &ColumnDef) {
        self.name("column", &column.name);
        if let Some(Position::After(other)) = &column.position {
            self.name("column", other);
        }
        column.charset.iter().for_each(|name| self.name("character set", name));
        column.collation.iter().for_each(|name| self.name("collation", name));
        if let ColumnType::Enumeration { type_name: Some(name), .. } = &column.kind {
            self.table_name("type", name);
        }
    }

    fn index_names(&mut self, index: &IndexDef) {
        self.name("index", &index.name);
        for part in &index.columns {
            part.name().into_iter().for_each(|name| self.name("column", name));
            part.operator_class.iter().for_each(|name| self.name("operator class", name));
            part.collation.iter().for_each(|name| self.name("collation", name));
        }
        self.every("column", &index.include);
        index.method.iter().for_each(|name| self.name("access method", name));
        index.language.iter().for_each(|name| self.name("language", name));
        index.parameters.iter().for_each(|(name, _)| self.name("parameter", name));
    }

    fn option_names(&mut self, options: &TableOptions) {
        options.engine.iter().for_each(|name| self.name("engine", name));
        options.charset.iter().for_each(|name| self.name("character set", name));
        options.collation.iter().for_each(|name| self.name("collation", name));
        options.parameters.iter().for_each(|(name, _)| self.name("option", name));
    }

    /// Names of indexes, and of constraints, that are there twice when the changes are done one after the other.
    pub(super) fn duplicate_names(&mut self, changes: &[TableChange]) {
        let mut indexes = Names { what: "indexes", there: BTreeSet::new() };
        let mut constraints = Names { what: "constraints", there: BTreeSet::new() };
        for change in changes {
            match change {
                TableChange::AddIndex(index) => {
                    indexes.add(self, &index.name);
                    if index.kind == IndexKind::Unique {
                        constraints.add(self, &index.name);
                    }
                }
                TableChange::DropIndex { name, .. } => {
                    indexes.remove(name);
                    constraints.remove(name);
                }
                TableChange::RenameIndex { from, to } => {
                    indexes.remove(from);
                    indexes.add(self, to);
                }
                TableChange::AddForeignKey(key) => constraints.add(self, &key.name),
                TableChange::DropForeignKey { name, .. } => constraints.remove(name),
                TableChange::AddCheck(check) => constraints.add(self, &check.name),
                TableChange::DropCheck { name } => constraints.remove(name),
                TableChange::AddExclusion(exclusion) => constraints.add(self, &exclusion.name),
                TableChange::DropExclusion { name } => constraints.remove(name),
                // Where there are no enumerations, a check of this name stands for one.
                TableChange::AddColumn(ColumnDef { name, kind: ColumnType::Enumeration { .. }, .. }) => {
                    constraints.add(self, &crate::dsl::conventional_name(&self.bare(), &[name], "check"))
                }
                _ => {}
            }
        }
    }

    /// The table without its schema.
    fn bare(&self) -> String {
        TableName::parse(&self.table).name
    }
}

/// The names of one sort so far.
struct Names {
    what: &'static str,
    there: BTreeSet<String>,
}

impl Names {
    fn add(&mut self, mistakes: &mut Mistakes, name: &str) {
        let error =
            DslError::DuplicateName { table: mistakes.table.clone(), what: self.what, name: name.to_owned() };
        // A unique key is both an index and a constraint: one remark is enough.
        if !self.there.insert(name.to_lowercase())
            && !mistakes
                .found
                .iter()
                .any(|found| matches!(found, DslError::DuplicateName { name: said, .. } if said == name))
        {
            mistakes.found.push(error);
        }
    }

    fn remove(&mut self, name: &str) {
        self.there.remove(&name.to_lowercase());
    }
}
