//! MySQL and MariaDB. The same file names in every dialect's folder: whoever knows one knows the others.

mod alter;
mod change;
mod compile;
mod ddl;
mod default;
pub(crate) mod driver;
mod facts;
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
pub(super) const QUOTE: char = '`';

/// The dialect of MySQL and MariaDB.
pub(crate) struct MySql {
    capability: Capability,
    facts: facts::Facts,
    bookkeeping: history::Sql,
}

impl MySql {
    pub(crate) fn new(capability: Capability) -> Self {
        Self { facts: facts::Facts::of(&capability.version), capability, bookkeeping: history::Sql }
    }
}

impl Dialect for MySql {
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
        compile::compile(&self.capability, &self.facts, operation, before)
    }

    fn fold(&self, operation: &Operation, schema: &mut DatabaseSchema) -> bool {
        fold::fold(&self.facts, operation, schema)
    }

    fn sql_rules(&self) -> &SqlRules {
        &rules::RULES
    }

    fn inspect<'a>(
        &'a self,
        connection: &'a mut dyn Connection,
        tables: Option<&'a BTreeSet<TableName>>,
    ) -> BoxFuture<'a, Result<DatabaseSchema, DriverError>> {
        Box::pin(inspect::inspect(&self.facts, connection, tables))
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
