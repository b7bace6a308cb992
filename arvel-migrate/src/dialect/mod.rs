//! What differs between databases, and nothing else.
//!
//! [`Dialect`] is pure: it turns operations into statements and states facts in a [`Capability`]. [`Connection`] is
//! the seam to a live database, [`Driver`] makes connections and dialects. Outside this folder nobody asks which
//! database it is: there is no enum to match on.

mod capability;
mod caret;
mod connection;
mod error;
mod grouping;
mod live;
#[cfg(test)]
mod live_tests;
pub(crate) mod mysql;
pub(crate) mod postgres;
pub(crate) mod quote;
#[cfg(test)]
mod reference_tests;
mod registry;
mod scope;
mod script;
#[cfg(test)]
mod server_random_tests;
#[cfg(test)]
mod server_tests;
mod split;
pub(crate) mod sqlite;
mod statement;
mod value;
mod words;

use std::{collections::BTreeSet, sync::Arc};

pub use capability::{Capability, ForeignKeySwitch};
pub use caret::{Caret, caret};
pub use connection::{BoxFuture, Connection, Driver, DriverError, ErrorKind, Opened, PacketError, Row};
pub use error::CompileError;
pub use registry::{driver_for, families, schemes};
pub use split::{SplitError, SqlPiece, SqlRules, split};
pub use statement::{Probe, Statement};
pub use value::Value;

use crate::{
    operation::{Operation, TableName},
    schema::DatabaseSchema,
};

/// One database family's way of saying things. Pure: no method touches a database but [`inspect`](Self::inspect),
/// which is given the connection to read from.
pub trait Dialect: Send + Sync + 'static {
    /// The facts.
    fn capability(&self) -> &Capability;

    /// An identifier, quoted by doubling. Names that can not be quoted are refused by [`compile`](Self::compile).
    fn quote(&self, identifier: &str) -> String;

    /// A value as a literal.
    fn literal(&self, value: &Value) -> String;

    /// The tables whose present shape [`compile`](Self::compile) needs for this operation; empty for most.
    fn needs(&self, operation: &Operation) -> BTreeSet<TableName>;

    /// The statements of one operation. `before` holds the tables named by [`needs`](Self::needs).
    ///
    /// # Errors
    /// [`CompileError`] when the dialect can not express it, or when `before` shows that it can not work.
    fn compile(&self, operation: &Operation, before: &DatabaseSchema)
    -> Result<Vec<Statement>, CompileError>;

    /// What the schema is after an operation, for planning several without a database in between. SQL as written and
    /// code make it unknown: then the answer is `false`, and the caller must inspect again.
    fn fold(&self, operation: &Operation, schema: &mut DatabaseSchema) -> bool;

    /// Rules of lexing, for [`split`].
    fn sql_rules(&self) -> &SqlRules;

    /// Reads tables from a live database: all of the connection's own schema, or those named. A table that does not
    /// exist is not in the answer. A constant number of queries.
    fn inspect<'a>(
        &'a self,
        connection: &'a mut dyn Connection,
        tables: Option<&'a BTreeSet<TableName>>,
    ) -> BoxFuture<'a, Result<DatabaseSchema, DriverError>>;

    /// The statements of the history, lock and meta tables.
    fn bookkeeping(&self) -> &dyn crate::history::BookkeepingSql;

    /// Every statement that empties the schema of tables, views, types and sequences, except the named tables.
    /// Reads the catalog to find them.
    fn wipe<'a>(
        &'a self,
        connection: &'a mut dyn Connection,
        keep: &'a [String],
    ) -> BoxFuture<'a, Result<Vec<Statement>, DriverError>>;
}

/// Shared by everything that holds a dialect.
pub type SharedDialect = Arc<dyn Dialect>;
