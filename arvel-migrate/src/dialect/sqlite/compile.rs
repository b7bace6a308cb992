//! Operations into statements: which of the neighbours answers, and what all of them share.
//!
//! Comments and attached databases are refused.

use std::collections::BTreeSet;

use super::{QUOTE, alter, ddl, objects, rules};
use crate::{
    dialect::{Capability, CompileError, Statement, quote, scope::Scope, script},
    operation::{Operation, TableChange, TableName},
    schema::{DatabaseSchema, Table},
};

/// What the compilation of one operation needs for its errors.
pub(super) struct Context<'a> {
    pub(super) capability: &'a Capability,
    pub(super) operation: &'a Operation,
}

impl Context<'_> {
    /// A refusal with its way out.
    pub(super) fn unsupported(&self, reason: &str, alternative: &str) -> CompileError {
        CompileError::Unsupported {
            operation: self.operation.describe(),
            dialect: self.capability.display_name,
            reason: reason.to_owned(),
            alternative: alternative.to_owned(),
        }
    }

    /// The same for what the server dialects share.
    pub(super) fn scope(&self) -> Scope<'_> {
        let (capability, operation) = (self.capability, self.operation);
        Scope { capability, operation, quote: QUOTE, counts_characters: false }
    }

    /// Something that the table does not have.
    pub(super) fn missing(&self, table: &TableName, what: &'static str, name: &str) -> CompileError {
        CompileError::Missing {
            operation: self.operation.describe(),
            table: table.clone(),
            what,
            name: name.to_owned(),
        }
    }

    /// Something that the table has already.
    pub(super) fn exists(&self, table: &TableName, what: &'static str, name: &str) -> CompileError {
        CompileError::Exists {
            operation: self.operation.describe(),
            table: table.clone(),
            what,
            name: name.to_owned(),
        }
    }

    /// Checks a name.
    pub(super) fn name(&self, name: &str) -> Result<(), CompileError> {
        quote::check(name, self.capability)
    }

    /// Checks names.
    pub(super) fn names(&self, names: &[String]) -> Result<(), CompileError> {
        names.iter().try_for_each(|name| self.name(name))
    }

    /// The table's own name; only the main database is ours.
    pub(super) fn table<'t>(&self, table: &'t TableName) -> Result<&'t str, CompileError> {
        if let Some(schema) = &table.schema
            && !schema.eq_ignore_ascii_case("main")
        {
            return Err(self.unsupported(
                &format!("`{schema}` would be an attached database, and a migration has only its own"),
                "leave the schema out of the table's name for SQLite",
            ));
        }
        self.name(&table.name)?;
        Ok(&table.name)
    }
}

/// Whether two names are the same table: `main` says nothing, and ASCII case does not matter.
pub(super) fn same_table(a: &TableName, b: &TableName) -> bool {
    let schema = |name: &TableName| {
        name.schema
            .as_deref()
            .filter(|schema| !schema.eq_ignore_ascii_case("main"))
            .map(str::to_ascii_lowercase)
    };
    a.name.eq_ignore_ascii_case(&b.name) && schema(a) == schema(b)
}

/// A table with the name under which the schema has it.
pub(super) fn find<'s>(schema: &'s DatabaseSchema, name: &TableName) -> Option<(&'s TableName, &'s Table)> {
    schema.tables.get_key_value(name).or_else(|| schema.tables.iter().find(|(key, _)| same_table(key, name)))
}

/// Tables whose present shape decides what the statements are. New columns that fit any rows and renames do not ask;
/// an index does, since SQLite takes an unknown column in double quotes for a text.
pub(super) fn needs(operation: &Operation) -> BTreeSet<TableName> {
    match operation {
        Operation::AlterTable { table, changes } if !alter::blind(changes) => BTreeSet::from([table.clone()]),
        Operation::CreateTable(table) if table.if_not_exists => BTreeSet::from([table.name.clone()]),
        _ => BTreeSet::new(),
    }
}

/// Tables that get new columns: a STRICT one spells types in another way.
pub(super) fn worth_a_look(operation: &Operation) -> BTreeSet<TableName> {
    match operation {
        Operation::AlterTable { table, changes }
            if changes.iter().any(|change| matches!(change, TableChange::AddColumn(_))) =>
        {
            BTreeSet::from([table.clone()])
        }
        _ => BTreeSet::new(),
    }
}

pub(super) fn compile(
    capability: &Capability,
    operation: &Operation,
    before: &DatabaseSchema,
) -> Result<Vec<Statement>, CompileError> {
    let context = Context { capability, operation };
    match operation {
        // Whatever its shape, so its indexes are not looked at either.
        Operation::CreateTable(table)
            if table.if_not_exists
                && find(before, &table.name)
                    .is_some_and(|(_, there)| there.options.temporary == table.options.temporary) =>
        {
            Ok(Vec::new())
        }
        Operation::CreateTable(table) => ddl::create(&context, table),
        Operation::AlterTable { table, changes } => {
            let found = find(before, table).map(|(_, table)| table);
            if found.is_none() && !alter::blind(changes) {
                let operation = operation.describe();
                return Err(CompileError::MissingTable { operation, table: table.clone() });
            }
            Ok(alter::alter(&context, table, changes, found)?.statements)
        }
        Operation::RenameTable { from, to } => ddl::rename(&context, from, to),
        Operation::DropTable { table, if_exists } => ddl::drop(&context, table, *if_exists),
        Operation::Sql(step) => script::statements(&context.scope(), step, &rules::RULES),
        // Code has no statements, and the executor takes the others apart.
        Operation::Data(_) | Operation::When { .. } | Operation::Batched(_) => Ok(Vec::new()),
        Operation::Create(_)
        | Operation::Drop { .. }
        | Operation::Rename { .. }
        | Operation::AlterEnum { .. }
        | Operation::RefreshView { .. } => objects::compile(&context, operation, before),
    }
}
