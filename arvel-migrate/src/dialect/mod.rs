//! What differs between databases, and nothing else.
//!
//! [`Dialect`] is pure: it turns operations into statements and states facts in a [`Capability`]. [`Connection`] is
//! the seam to a live database, [`Driver`] makes connections and dialects. Outside this folder nobody asks which
//! database it is: there is no enum to match on.

mod advice;
mod capability;
mod caret;
mod clearing;
mod client;
mod connection;
mod error;
mod grouping;
mod guard;
mod live;
#[cfg(test)]
mod live_tests;
#[cfg(test)]
mod mariadb_object_tests;
pub(crate) mod mysql;
mod objects;
pub(crate) mod postgres;
pub(crate) mod quote;
#[cfg(test)]
mod reference_tests;
mod registry;
mod scope;
mod script;
#[cfg(test)]
mod server_object_tests;
#[cfg(test)]
mod server_partition_tests;
#[cfg(test)]
mod server_random_tests;
#[cfg(test)]
mod server_tests;
#[cfg(test)]
mod server_wipe_tests;
mod split;
pub(crate) mod sqlite;
mod statement;
mod support;
mod value;
mod words;

use std::sync::Arc;

pub use advice::Obstacle;
pub(crate) use advice::advice;
pub use capability::{Capability, ForeignKeySwitch};
pub use caret::{Caret, caret};
pub use clearing::Clearing;
pub use client::{AroundRebuild, Client, ScriptLine};
pub use connection::{BoxFuture, Connection, Driver, DriverError, ErrorKind, Opened, PacketError, Row};
pub use error::CompileError;
pub use guard::Guard;
pub use registry::{driver_for, families, schemes};
pub(crate) use split::leading_words;
pub use split::{ClientForms, SplitError, SplitNote, SqlPiece, SqlRules, split};
pub use statement::{Probe, Remnant, Statement};
pub use support::Support;
pub use value::Value;

use crate::{
    operation::{ColumnDef, Made, ObjectId, Operation, TableName, TableOptions},
    schema::{Column, DatabaseSchema, Table, Wanted},
};

/// One database family's way of saying things. Pure: no method touches a database but [`inspect`](Self::inspect),
/// which is given the connection to read from.
pub trait Dialect: Send + Sync + 'static {
    /// The facts.
    fn capability(&self) -> &Capability;

    /// What this database says about a feature.
    fn support(&self, feature: crate::operation::Feature) -> Support;

    /// An identifier, quoted by doubling. Names that can not be quoted are refused by [`compile`](Self::compile).
    fn quote(&self, identifier: &str) -> String;

    /// A value as a literal.
    fn literal(&self, value: &Value) -> String;

    /// What [`compile`](Self::compile) must know the present shape of for this operation; nothing for most.
    fn needs(&self, operation: &Operation) -> Wanted;

    /// What stood in the way of a change of the schema, if this error tells.
    fn obstacle(&self, error: &DriverError) -> Option<Obstacle>;

    /// What is worth a look before the operation, though [`compile`](Self::compile) does without it: then the statements
    /// are those for the usual case.
    fn worth_a_look(&self, _operation: &Operation) -> Wanted {
        Wanted::nothing()
    }

    /// The statements of one operation. `before` holds what [`needs`](Self::needs) names, as far as it is there. What the dialect
    /// does not [`support`](Self::support) is refused here, before [`render`](Self::render) is asked.
    ///
    /// # Errors
    /// [`CompileError`] when the dialect can not express it, or when `before` shows that it can not work.
    fn compile(
        &self,
        operation: &Operation,
        before: &DatabaseSchema,
    ) -> Result<Vec<Statement>, CompileError> {
        support::gate(self.capability(), operation, |feature| self.support(feature))?;
        self.render(operation, before)
    }

    /// The statements of an operation all of whose features are supported.
    ///
    /// # Errors
    /// [`CompileError`] when `before` shows that it can not work.
    fn render(&self, operation: &Operation, before: &DatabaseSchema) -> Result<Vec<Statement>, CompileError>;

    /// What the schema is after an operation, for planning several without a database in between. SQL as written and
    /// code make it unknown: then the answer is `false`, and the caller must inspect again.
    fn fold(&self, operation: &Operation, schema: &mut DatabaseSchema) -> bool;

    /// The column as a definition that makes it again, in the database's words.
    fn define_column(&self, _table: &TableName, column: &Column) -> ColumnDef {
        crate::undo::column(column)
    }

    /// Completes the definition of a change that gives a column everything that it had in the table as it was: what a
    /// change keeps because it is not mentioned is said.
    ///
    /// # Errors
    /// What can not be brought back, in words.
    fn define_back(
        &self,
        _before: &Table,
        now: &Column,
        then: &Column,
        _def: &mut ColumnDef,
    ) -> Result<(), &'static str> {
        match now.collation.is_some() && then.collation.is_none() {
            true => Err("the column had no collation of its own, and no change says that; write a `down`"),
            false => Ok(()),
        }
    }

    /// The options that lead a table back to those that it had.
    fn options_back(&self, now: &TableOptions, then: &TableOptions) -> TableOptions {
        crate::undo::options(then, now)
    }

    /// The operations that make an inspected table again, exactly.
    fn restore(&self, name: &TableName, table: &Table) -> Vec<Operation> {
        crate::undo::table(self, name, table)
    }

    /// The operations that make an inspected object again, exactly; none when it was not seen.
    ///
    /// # Errors
    /// What can not be brought back, in words.
    fn restore_object(&self, id: &ObjectId, schema: &DatabaseSchema) -> Result<Vec<Operation>, &'static str> {
        crate::undo::object(id, schema)
    }

    /// Rules of lexing, for [`split`].
    fn sql_rules(&self) -> &SqlRules;

    /// Reads a live database: everything in the connection's own schema, or what is wanted. What does not exist is not
    /// in the answer. A constant number of queries, but for texts that a server tells one by one.
    fn inspect<'a>(
        &'a self,
        connection: &'a mut dyn Connection,
        wanted: Option<&'a Wanted>,
    ) -> BoxFuture<'a, Result<DatabaseSchema, DriverError>>;

    /// A query for the sizes of the tables of the connection's own schema: name, about how many rows, bytes.
    fn sizes(&self) -> &'static str;

    /// What to ask of a live database to see whether it suits migrations, each question with its judge.
    fn checkup(&self, about: &crate::checkup::Circumstances<'_>) -> Vec<crate::checkup::Question>;

    /// The statements of the history, lock and meta tables.
    fn bookkeeping(&self) -> &dyn crate::history::BookkeepingSql;

    /// The database's own command line client, for scripts.
    fn client(&self) -> &dyn Client;

    /// Every statement that empties the connection's own schema of tables, views, types and sequences, except the named
    /// tables, and drops what migrations made elsewhere. Reads the catalog to find them.
    fn wipe<'a>(
        &'a self,
        connection: &'a mut dyn Connection,
        keep: &'a [String],
        made: &'a Made,
    ) -> BoxFuture<'a, Result<Clearing, DriverError>>;
}

/// Shared by everything that holds a dialect.
pub type SharedDialect = Arc<dyn Dialect>;
