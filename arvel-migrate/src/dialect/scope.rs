//! What the compilation of one operation carries along: names that are checked and quoted, and refusals that name
//! the operation. The one way in which a server dialect writes a name.

use super::{Capability, CompileError, quote};
use crate::{
    operation::{Operation, TableChange, TableName},
    schema::Table,
};

/// One operation under compilation.
pub(crate) struct Scope<'a> {
    /// The facts of the engine.
    pub capability: &'a Capability,
    /// The operation, for refusals.
    pub operation: &'a Operation,
    /// The quote of identifiers.
    pub quote: char,
    /// Whether the engine counts the length of a name in characters (MySQL), not in bytes (PostgreSQL).
    pub counts_characters: bool,
}

impl Scope<'_> {
    /// A name, checked and quoted.
    pub fn ident(&self, name: &str) -> Result<String, CompileError> {
        let fits = self.counts_characters && name.chars().count() <= self.capability.longest_identifier;
        if !fits || name.is_empty() || name.contains('\0') {
            quote::check(name, self.capability)?;
        }
        Ok(quote::identifier(name, self.quote))
    }

    /// A table, checked and quoted, with its schema when one was written.
    pub fn table(&self, table: &TableName) -> Result<String, CompileError> {
        let name = self.ident(&table.name)?;
        match &table.schema {
            Some(schema) => Ok(format!("{}.{name}", self.ident(schema)?)),
            None => Ok(name),
        }
    }

    /// Names, checked and quoted: `"a", "b"`.
    pub fn list(&self, names: &[String]) -> Result<String, CompileError> {
        let names = names.iter().map(|name| self.ident(name)).collect::<Result<Vec<_>, _>>()?;
        Ok(names.join(", "))
    }

    /// A refusal with an alternative.
    pub fn unsupported(&self, reason: impl Into<String>, alternative: impl Into<String>) -> CompileError {
        CompileError::Unsupported {
            operation: self.operation.describe(),
            dialect: self.capability.display_name,
            reason: reason.into(),
            alternative: alternative.into(),
        }
    }

    /// A refusal because a part of the table is not there.
    pub fn missing(&self, table: &TableName, what: &'static str, name: &str) -> CompileError {
        CompileError::Missing {
            operation: self.operation.describe(),
            table: table.clone(),
            what,
            name: name.to_owned(),
        }
    }

    /// Refuses a change of something that the table does not have.
    pub fn present(&self, name: &TableName, table: &Table, change: &TableChange) -> Result<(), CompileError> {
        use TableChange as Change;
        let column = |column: &str| match table.column(column) {
            Some(_) => Ok(()),
            None => Err(self.missing(name, "column", column)),
        };
        let columns = |names: &[String]| names.iter().try_for_each(|name| column(name));
        let index = |index: &str| match table.indexes.iter().any(|i| i.name == index) {
            true => Ok(()),
            false => Err(self.missing(name, "index", index)),
        };
        match change {
            Change::ChangeColumn(def) => column(&def.name),
            Change::DropColumn { name } | Change::RenameColumn { from: name, .. } => column(name),
            Change::AddPrimaryKey(key) => columns(&key.columns),
            Change::AddIndex(index) => {
                index.column_names().chain(&index.include).try_for_each(|name| column(name))
            }
            Change::AddForeignKey(key) => columns(&key.columns),
            Change::DropPrimaryKey { name: key } if table.primary_key.is_none() => {
                Err(self.missing(name, "primary key", key))
            }
            Change::DropIndex { name, .. } | Change::RenameIndex { from: name, .. } => index(name),
            Change::DropForeignKey { name: key, .. } => {
                match table.foreign_keys.iter().any(|k| k.name.as_ref() == Some(key)) {
                    true => Ok(()),
                    false => Err(self.missing(name, "foreign key", key)),
                }
            }
            Change::DropCheck { name: check } => {
                match table.checks.iter().any(|c| c.name.as_ref() == Some(check)) {
                    true => Ok(()),
                    false => Err(self.missing(name, "check", check)),
                }
            }
            Change::DropExclusion { name: exclusion } => {
                match table.exclusions.iter().any(|e| &e.name == exclusion) {
                    true => Ok(()),
                    false => Err(self.missing(name, "exclusion constraint", exclusion)),
                }
            }
            Change::DetachPartition { name: partition, .. } => {
                match table.partitions.iter().any(|(known, _)| known == partition) {
                    true => Ok(()),
                    false => Err(self.missing(name, "partition", &partition.to_string())),
                }
            }
            Change::AddColumn(_)
            | Change::AddExclusion(_)
            | Change::Options(_)
            | Change::ValidateConstraint { .. }
            | Change::AttachPartition { .. }
            | Change::AddCheck(_)
            | Change::DropPrimaryKey { .. }
            | Change::Comment(_) => Ok(()),
        }
    }
}
