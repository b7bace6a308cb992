//! [`Db`]: the live connection that a data step, a seeder and a question work on.

use std::any::Any;

use crate::{
    dialect::{Connection, DriverError, Row, SharedDialect, Value},
    operation::{Condition, Question, TableName},
    schema::{DatabaseSchema, Table, Wanted},
};

/// A live connection with its dialect. In a data step it is inside the migration's own transaction.
pub struct Db {
    connection: Box<dyn Connection>,
    dialect: SharedDialect,
}

impl Db {
    pub(crate) fn new(connection: Box<dyn Connection>, dialect: SharedDialect) -> Self {
        Self { connection, dialect }
    }

    /// Runs one statement with arguments, in the placeholders of the database (`$1` on PostgreSQL, `?` elsewhere);
    /// answers with the number of rows changed.
    ///
    /// # Errors
    /// What the database says.
    pub async fn execute(&mut self, sql: &str, args: &[Value]) -> Result<u64, DriverError> {
        if args.is_empty() {
            self.connection.execute(sql).await
        } else {
            self.connection.execute_with(sql, args).await
        }
    }

    /// Reads rows. Cells come as text: see [`Row`].
    ///
    /// # Errors
    /// What the database says.
    pub async fn fetch_all(&mut self, sql: &str, args: &[Value]) -> Result<Vec<Row>, DriverError> {
        if args.is_empty() {
            self.connection.query(sql).await
        } else {
            self.connection.query_with(sql, args).await
        }
    }

    /// Reads the first row, if there is one.
    ///
    /// # Errors
    /// What the database says.
    pub async fn fetch_one(&mut self, sql: &str, args: &[Value]) -> Result<Option<Row>, DriverError> {
        Ok(self.fetch_all(sql, args).await?.into_iter().next())
    }

    /// Whether the table exists.
    ///
    /// # Errors
    /// What the database says.
    pub async fn has_table(&mut self, table: &str) -> Result<bool, DriverError> {
        self.holds(Question::Table(TableName::parse(table))).await
    }

    /// Whether the table exists and has the column.
    ///
    /// # Errors
    /// What the database says.
    pub async fn has_column(&mut self, table: &str, column: &str) -> Result<bool, DriverError> {
        self.holds(Question::Column(TableName::parse(table), column.to_owned())).await
    }

    /// Whether the view exists, materialized or not.
    ///
    /// # Errors
    /// What the database says.
    pub async fn has_view(&mut self, view: &str) -> Result<bool, DriverError> {
        self.holds(Question::View(TableName::parse(view))).await
    }

    /// Whether the table exists and has an index of this name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn has_index(&mut self, table: &str, index: &str) -> Result<bool, DriverError> {
        self.holds(Question::Index(TableName::parse(table), index.to_owned())).await
    }

    /// Whether the table exists and has a foreign key of this name.
    ///
    /// # Errors
    /// What the database says.
    pub async fn has_foreign_key(&mut self, table: &str, key: &str) -> Result<bool, DriverError> {
        self.holds(Question::ForeignKey(TableName::parse(table), key.to_owned())).await
    }

    /// The table as it is, with columns, indexes, keys and checks; `None` when there is none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn table(&mut self, table: &str) -> Result<Option<Table>, DriverError> {
        let name = TableName::parse(table);
        let wanted = Wanted::table(name.clone());
        let mut schema = self.dialect.inspect(&mut *self.connection, Some(&wanted)).await?;
        Ok(schema.tables.remove(&name))
    }

    /// The names of the columns of a table, in order; none when there is no such table.
    ///
    /// # Errors
    /// What the database says.
    pub async fn columns(&mut self, table: &str) -> Result<Vec<String>, DriverError> {
        let table = self.table(table).await?;
        Ok(table.into_iter().flat_map(|table| table.columns).map(|column| column.name).collect())
    }

    /// Everything in the connection's own schema.
    ///
    /// # Errors
    /// What the database says.
    pub async fn schema(&mut self) -> Result<DatabaseSchema, DriverError> {
        self.dialect.inspect(&mut *self.connection, None).await
    }

    async fn holds(&mut self, question: Question) -> Result<bool, DriverError> {
        let condition = Condition { question, expected: true };
        let schema = self.dialect.inspect(&mut *self.connection, Some(&condition.needs())).await?;
        Ok(condition.holds(self.family(), &schema))
    }

    /// `sqlite`, `postgres` or `mysql`: for SQL that must differ.
    #[must_use]
    pub fn family(&self) -> &'static str {
        self.dialect.capability().family
    }

    /// A placeholder for argument `n`, from 1: `$n` or `?`.
    #[must_use]
    pub fn placeholder(&self, n: usize) -> String {
        self.dialect.bookkeeping().placeholder(n)
    }

    /// The sqlx connection itself, when it is of this type.
    pub fn downcast<T: Any>(&mut self) -> Option<&mut T> {
        self.connection.as_any().downcast_mut()
    }

    /// The sqlx connection, on SQLite.
    pub fn sqlite(&mut self) -> Option<&mut sqlx::SqliteConnection> {
        self.downcast()
    }

    /// The sqlx connection, on PostgreSQL.
    pub fn postgres(&mut self) -> Option<&mut sqlx::PgConnection> {
        self.downcast()
    }

    /// The sqlx connection, on MySQL and MariaDB.
    pub fn mysql(&mut self) -> Option<&mut sqlx::MySqlConnection> {
        self.downcast()
    }

    pub(crate) fn connection(&mut self) -> &mut dyn Connection {
        &mut *self.connection
    }

    pub(crate) fn dialect(&self) -> &SharedDialect {
        &self.dialect
    }

    pub(crate) fn into_connection(self) -> Box<dyn Connection> {
        self.connection
    }
}
