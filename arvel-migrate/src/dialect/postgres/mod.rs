//! PostgreSQL. The same file names in every dialect's folder: whoever knows one knows the others.

mod alter;
mod change;
mod compile;
mod ddl;
mod default;
pub(crate) mod driver;
mod enumeration;
mod fold;
mod history;
mod inspect;
mod literal;
mod rules;
#[cfg(test)]
mod tests;
mod types;
mod wipe;

use std::collections::BTreeSet;

use super::{
    BoxFuture, Capability, CompileError, Connection, Dialect, DriverError, SqlRules, Statement, Value, quote,
};
use crate::{
    history::BookkeepingSql,
    operation::{Operation, TableName},
    schema::DatabaseSchema,
};

/// The quote of identifiers.
pub(super) const QUOTE: char = '"';

/// The dialect of PostgreSQL.
pub(crate) struct Postgres {
    capability: Capability,
    bookkeeping: history::Sql,
}

impl Postgres {
    pub(crate) fn new(capability: Capability) -> Self {
        Self { capability, bookkeeping: history::Sql }
    }
}

impl Dialect for Postgres {
    fn capability(&self) -> &Capability {
        &self.capability
    }

    fn quote(&self, identifier: &str) -> String {
        quote::identifier(identifier, QUOTE)
    }

    fn literal(&self, value: &Value) -> String {
        literal::literal(value)
    }

    fn needs(&self, operation: &Operation) -> BTreeSet<TableName> {
        compile::needs(operation)
    }

    fn compile(
        &self,
        operation: &Operation,
        before: &DatabaseSchema,
    ) -> Result<Vec<Statement>, CompileError> {
        compile::compile(&self.capability, operation, before)
    }

    fn fold(&self, operation: &Operation, schema: &mut DatabaseSchema) -> bool {
        fold::fold(&self.capability, operation, schema)
    }

    fn sql_rules(&self) -> &SqlRules {
        &rules::RULES
    }

    fn inspect<'a>(
        &'a self,
        connection: &'a mut dyn Connection,
        tables: Option<&'a BTreeSet<TableName>>,
    ) -> BoxFuture<'a, Result<DatabaseSchema, DriverError>> {
        Box::pin(inspect::inspect(connection, tables))
    }

    fn bookkeeping(&self) -> &dyn BookkeepingSql {
        &self.bookkeeping
    }

    fn wipe<'a>(
        &'a self,
        connection: &'a mut dyn Connection,
        keep: &'a [String],
    ) -> BoxFuture<'a, Result<Vec<Statement>, DriverError>> {
        Box::pin(wipe::wipe(connection, keep))
    }
}
