//! SQLite. The same file names in every dialect's folder: whoever knows one knows the others.

mod alter;
mod change;
mod checkup;
mod clause;
mod client;
mod column;
mod compile;
mod ddl;
mod define;
mod definition;
pub(crate) mod driver;
mod edit;
mod fold;
mod guard;
mod history;
mod index;
mod inspect;
mod literal;
mod native;
mod objects;
mod options;
mod rebuild;
mod rename;
mod rules;
mod sequence;
mod shape;
mod support;
#[cfg(test)]
mod tests;
mod text;
mod types;
mod wipe;

use super::{
    BoxFuture, Capability, Clearing, CompileError, Connection, Dialect, DriverError, SqlRules, Statement,
    Value, quote,
};
use crate::{
    history::BookkeepingSql,
    operation::{ColumnDef, Made, Operation, SqlStep, TableName},
    schema::{Column, DatabaseSchema, Table, Wanted},
};

/// The quote of identifiers.
pub(super) const QUOTE: char = '"';

/// The dialect of SQLite.
pub(crate) struct Sqlite {
    capability: Capability,
    bookkeeping: history::Sql,
}

impl Sqlite {
    pub(crate) fn new(capability: Capability) -> Self {
        Self { capability, bookkeeping: history::Sql }
    }
}

impl Dialect for Sqlite {
    fn capability(&self) -> &Capability {
        &self.capability
    }

    fn support(&self, feature: crate::operation::Feature) -> super::Support {
        support::support(feature)
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
        Wanted { tables: compile::needs(operation), objects: objects::needs(operation) }
    }

    fn worth_a_look(&self, operation: &Operation) -> Wanted {
        Wanted { tables: compile::worth_a_look(operation), ..Wanted::nothing() }
    }

    fn render(&self, operation: &Operation, before: &DatabaseSchema) -> Result<Vec<Statement>, CompileError> {
        compile::compile(&self.capability, operation, before)
    }

    fn fold(&self, operation: &Operation, schema: &mut DatabaseSchema) -> bool {
        let known = super::objects::fold(operation, schema, QUOTE, objects::catalog, |schema| {
            fold::fold(&self.capability, operation, schema)
        });
        objects::follow(operation, schema);
        known
    }

    /// The very texts of which it is made.
    fn restore(&self, _name: &TableName, table: &Table) -> Vec<Operation> {
        let indexes = table.indexes.iter().filter_map(|index| index.sql.as_ref());
        let triggers = table.triggers.iter().map(|(_, sql)| sql);
        let texts = table.sql.iter().chain(indexes).chain(triggers);
        texts.map(|sql| Operation::Sql(SqlStep::everywhere(sql.clone()))).collect()
    }

    fn define_column(&self, table: &TableName, column: &Column) -> ColumnDef {
        define::column(table, column)
    }

    fn define_back(
        &self,
        _before: &Table,
        now: &Column,
        then: &Column,
        def: &mut ColumnDef,
    ) -> Result<(), &'static str> {
        if now.collation.is_some() && then.collation.is_none() {
            def.collation = Some(change::PLAIN.to_owned());
        }
        Ok(())
    }

    fn sql_rules(&self) -> &SqlRules {
        &rules::RULES
    }

    fn inspect<'a>(
        &'a self,
        connection: &'a mut dyn Connection,
        wanted: Option<&'a Wanted>,
    ) -> BoxFuture<'a, Result<DatabaseSchema, DriverError>> {
        Box::pin(inspect::inspect(connection, wanted))
    }

    fn sizes(&self) -> &'static str {
        "SELECT s.tbl_name, NULL, CAST(sum(d.pgsize) AS TEXT) FROM dbstat d JOIN sqlite_schema s ON s.name = d.name \
         GROUP BY s.tbl_name"
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
        _made: &'a Made,
    ) -> BoxFuture<'a, Result<Clearing, DriverError>> {
        Box::pin(wipe::wipe(connection, keep))
    }
}
