//! MySQL and MariaDB. The same file names in every dialect's folder: whoever knows one knows the others.

mod alter;
mod charset;
mod checkup;
mod client;
mod column;
mod compile;
mod constraint;
mod ddl;
mod default;
mod define;
pub(crate) mod driver;
mod facts;
mod fold;
mod history;
mod index;
mod inspect;
mod key_index;
mod literal;
mod mode;
mod objects;
mod options;
mod partition;
mod rules;
mod served;
mod shape;
mod support;
#[cfg(test)]
mod tests;
mod types;
mod value;
mod wipe;

use super::{
    BoxFuture, Capability, Clearing, CompileError, Connection, Dialect, DriverError, SqlRules, Statement,
    Value, quote,
};
use crate::{
    history::BookkeepingSql,
    operation::{ColumnDef, Made, ObjectId, Operation, TableName, TableOptions},
    schema::{Column, DatabaseSchema, Table, Wanted},
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
    /// As it is without asking a server for more than its version.
    pub(crate) fn new(capability: Capability) -> Self {
        Self { facts: facts::Facts::of(&capability.version), capability, bookkeeping: history::Sql }
    }

    /// The same in a session of this `sql_mode`.
    pub(crate) fn in_mode(mut self, mode: &str) -> Self {
        self.facts.ansi_quotes = mode.split(',').any(|one| one == "ANSI_QUOTES");
        self
    }

    /// At a database.
    fn at(capability: Capability, own: facts::Own) -> Self {
        let mut dialect = Self::new(capability);
        dialect.facts.own = own;
        dialect
    }
}

impl Dialect for MySql {
    fn capability(&self) -> &Capability {
        &self.capability
    }

    fn support(&self, feature: crate::operation::Feature) -> super::Support {
        support::support(&self.facts, feature)
    }

    fn quote(&self, identifier: &str) -> String {
        quote::identifier(identifier, QUOTE)
    }

    fn obstacle(&self, error: &super::DriverError) -> Option<super::Obstacle> {
        driver::obstacle(error)
    }

    fn literal(&self, value: &Value) -> String {
        literal::literal(value)
    }

    fn needs(&self, operation: &Operation) -> Wanted {
        Wanted { tables: compile::needs(operation), ..Wanted::nothing() }
    }

    fn worth_a_look(&self, operation: &Operation) -> Wanted {
        Wanted { tables: compile::worth_a_look(operation), ..Wanted::nothing() }
    }

    fn render(&self, operation: &Operation, before: &DatabaseSchema) -> Result<Vec<Statement>, CompileError> {
        compile::compile(&self.capability, &self.facts, operation, before)
    }

    fn fold(&self, operation: &Operation, schema: &mut DatabaseSchema) -> bool {
        objects::fold(&self.facts, operation, schema)
    }

    fn define_column(&self, _table: &TableName, column: &Column) -> ColumnDef {
        define::column(column)
    }

    fn define_back(
        &self,
        before: &Table,
        now: &Column,
        then: &Column,
        def: &mut ColumnDef,
    ) -> Result<(), &'static str> {
        define::back(&self.facts, before, now, then, def);
        Ok(())
    }

    fn restore(&self, name: &TableName, table: &Table) -> Vec<Operation> {
        define::table(self, name, table)
    }

    fn restore_object(&self, id: &ObjectId, schema: &DatabaseSchema) -> Result<Vec<Operation>, &'static str> {
        objects::restore(id, schema)
    }

    fn options_back(&self, now: &TableOptions, then: &TableOptions) -> TableOptions {
        define::options(&self.facts, now, then)
    }

    fn sql_rules(&self) -> &SqlRules {
        rules::of(&self.facts)
    }

    fn inspect<'a>(
        &'a self,
        connection: &'a mut dyn Connection,
        wanted: Option<&'a Wanted>,
    ) -> BoxFuture<'a, Result<DatabaseSchema, DriverError>> {
        Box::pin(inspect::inspect(&self.facts, connection, wanted))
    }

    fn sizes(&self) -> &'static str {
        "SELECT table_name, CAST(table_rows AS CHAR), CAST(data_length + index_length AS CHAR) \
         FROM information_schema.tables WHERE table_schema = database() AND table_type = 'BASE TABLE'"
    }

    fn checkup(&self, about: &crate::checkup::Circumstances<'_>) -> Vec<crate::checkup::Question> {
        checkup::questions(about)
    }

    fn bookkeeping(&self) -> &dyn BookkeepingSql {
        &self.bookkeeping
    }

    fn client(&self) -> &dyn super::Client {
        self
    }

    fn wipe<'a>(
        &'a self,
        connection: &'a mut dyn Connection,
        keep: &'a [String],
        made: &'a Made,
    ) -> BoxFuture<'a, Result<Clearing, DriverError>> {
        Box::pin(wipe::wipe(connection, keep, made))
    }
}
