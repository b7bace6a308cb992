//! PostgreSQL. The same file names in every dialect's folder: whoever knows one knows the others.

mod alter;
mod change;
mod checkup;
mod client;
mod column;
mod compile;
mod constraint;
mod ddl;
mod default;
mod define;
pub(crate) mod driver;
mod fold;
mod full_text;
mod hint;
mod history;
mod identity;
mod index;
mod inspect;
mod literal;
mod name;
mod normalize;
mod objects;
mod online;
mod online_column;
mod options;
mod ours;
mod partition;
mod rules;
mod support;
#[cfg(test)]
mod tests;
mod type_check;
mod types;
mod wipe;

use super::{
    BoxFuture, Capability, Clearing, CompileError, Connection, Dialect, DriverError, SqlRules, Statement,
    Value, quote,
};
use crate::{
    history::BookkeepingSql,
    operation::{ColumnDef, Made, ObjectId, ObjectKind, Operation, TableName},
    schema::{Column, DatabaseSchema, Table, Wanted},
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

    fn support(&self, feature: crate::operation::Feature) -> super::Support {
        support::support(feature, &self.capability)
    }

    fn quote(&self, identifier: &str) -> String {
        quote::identifier(identifier, QUOTE)
    }

    fn obstacle(&self, error: &super::DriverError) -> Option<super::Obstacle> {
        hint::obstacle(error)
    }

    fn literal(&self, value: &Value) -> String {
        literal::literal(value)
    }

    fn needs(&self, operation: &Operation) -> Wanted {
        Wanted { tables: compile::needs(operation), objects: objects::needs(operation) }
    }

    fn render(&self, operation: &Operation, before: &DatabaseSchema) -> Result<Vec<Statement>, CompileError> {
        compile::compile(&self.capability, operation, before)
    }

    fn fold(&self, operation: &Operation, schema: &mut DatabaseSchema) -> bool {
        let known = super::objects::fold(operation, schema, QUOTE, objects::catalog, |schema| {
            fold::fold(&self.capability, operation, schema)
        });
        fold::partitions(operation, schema);
        known
    }

    fn restore(&self, name: &TableName, table: &Table) -> Vec<Operation> {
        partition::restore(crate::undo::table(self, name, table), name, table)
    }

    fn restore_object(&self, id: &ObjectId, schema: &DatabaseSchema) -> Result<Vec<Operation>, &'static str> {
        let mut way = crate::undo::object(id, schema)?;
        way.iter_mut().for_each(objects::put_back);
        if let (ObjectKind::Partition, Some(table)) =
            (id.kind, id.table.as_ref().and_then(|of| schema.table(of)))
        {
            let below = partition::below(&id.name, table);
            way.extend(below.into_iter().map(Operation::Create));
        }
        crate::undo::with_texts(way)
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
        if now.collation.is_some() && then.collation.is_none() && types::is_collatable(&then.type_name) {
            def.collation = Some(change::OF_THE_TYPE.to_owned());
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
        Box::pin(inspect::inspect(connection, &self.capability, wanted))
    }

    fn sizes(&self) -> &'static str {
        "SELECT c.relname::text, CASE WHEN c.reltuples >= 0 THEN c.reltuples::bigint::text END, \
         pg_total_relation_size(c.oid)::text FROM pg_class c WHERE c.relkind IN ('r', 'p', 'm') \
         AND c.relnamespace = (SELECT oid FROM pg_namespace WHERE nspname = current_schema())"
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
