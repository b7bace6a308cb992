//! The seam to a live database: everything that the engine sends goes through [`Connection`].

use std::{any::Any, fmt, pin::Pin, sync::Arc, time::Duration};

use super::{SharedDialect, Value};
use crate::url::DatabaseUrl;

/// A boxed future that may move between threads.
pub type BoxFuture<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// One open session. Dropping it closes it; [`close`](Self::close) says goodbye first.
pub trait Connection: Send {
    /// Runs one statement without arguments; answers with the number of rows changed.
    fn execute<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<u64, DriverError>>;

    /// Sends several statements at once. An error says how many had completed.
    fn packet<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<(), PacketError>>;

    /// Reads rows without arguments. Every cell comes as text, so a query casts what has no text form.
    fn query<'a>(&'a mut self, sql: &'a str) -> BoxFuture<'a, Result<Vec<Row>, DriverError>>;

    /// Runs one statement with arguments, in the placeholders of the database (`$1` or `?`).
    fn execute_with<'a>(
        &'a mut self,
        sql: &'a str,
        args: &'a [Value],
    ) -> BoxFuture<'a, Result<u64, DriverError>>;

    /// Reads rows with arguments.
    fn query_with<'a>(
        &'a mut self,
        sql: &'a str,
        args: &'a [Value],
    ) -> BoxFuture<'a, Result<Vec<Row>, DriverError>>;

    /// From now on, gives up the statement under way when `stop` answers true: for engines that run in this process.
    /// One that is cancelled over another connection ignores it.
    ///
    /// # Errors
    /// When the session broke.
    fn give_up_when(&mut self, stop: Box<dyn Fn() -> bool + Send>) -> BoxFuture<'_, Result<(), DriverError>> {
        drop(stop);
        Box::pin(std::future::ready(Ok(())))
    }

    /// The sqlx connection itself, for code that knows which one it is.
    fn as_any(&mut self) -> &mut dyn Any;

    /// Says goodbye and closes.
    fn close(self: Box<Self>) -> BoxFuture<'static, Result<(), DriverError>>;
}

/// A connection with the dialect that it speaks.
pub type Opened = (Box<dyn Connection>, SharedDialect);

/// Makes connections for URLs of its schemes.
pub trait Driver: Send + Sync + 'static {
    /// The schemes, `["postgres", "postgresql"]`.
    fn schemes(&self) -> &'static [&'static str];

    /// The dialect as it is without asking a server.
    fn offline_dialect(&self) -> SharedDialect;

    /// The same for a version as people write it, `15.4`; `None` when it is not understood, or when no version matters.
    fn offline_dialect_at(&self, _version: &str) -> Option<SharedDialect> {
        None
    }

    /// Opens a connection and finds out which dialect it speaks. `create` allows a missing file database to be made.
    fn connect<'a>(
        &'a self,
        url: &'a DatabaseUrl,
        create: bool,
    ) -> BoxFuture<'a, Result<Opened, DriverError>>;

    /// Whether the database of the URL exists.
    fn database_exists<'a>(&'a self, url: &'a DatabaseUrl) -> BoxFuture<'a, Result<bool, DriverError>>;

    /// Creates the database of the URL.
    fn create_database<'a>(&'a self, url: &'a DatabaseUrl) -> BoxFuture<'a, Result<(), DriverError>>;

    /// Drops the database of the URL.
    fn drop_database<'a>(&'a self, url: &'a DatabaseUrl) -> BoxFuture<'a, Result<(), DriverError>>;

    /// Waits at most this long for a connection.
    fn connect_timeout(&self) -> Duration {
        Duration::from_secs(10)
    }
}

/// One row: names and text cells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    columns: Arc<[String]>,
    cells: Vec<Option<String>>,
}

impl Row {
    /// Puts a row together. Drivers share the names between the rows of one answer.
    #[must_use]
    pub fn new(columns: Arc<[String]>, cells: Vec<Option<String>>) -> Self {
        Self { columns, cells }
    }

    /// A cell by column name; `None` when it is NULL or when there is no such column.
    #[must_use]
    pub fn text(&self, column: &str) -> Option<&str> {
        let at = self.columns.iter().position(|name| name.eq_ignore_ascii_case(column))?;
        self.cells.get(at)?.as_deref()
    }

    /// A cell by position, from 0.
    #[must_use]
    pub fn at(&self, position: usize) -> Option<&str> {
        self.cells.get(position)?.as_deref()
    }

    /// A cell as a whole number.
    #[must_use]
    pub fn integer(&self, column: &str) -> Option<i64> {
        self.text(column)?.trim().parse().ok()
    }

    /// A cell as true or false: `t`, `true`, `1` are true.
    #[must_use]
    pub fn boolean(&self, column: &str) -> bool {
        matches!(self.text(column), Some("t" | "true" | "TRUE" | "1"))
    }

    /// The names of the columns.
    #[must_use]
    pub fn columns(&self) -> &[String] {
        &self.columns
    }
}

/// What kind of trouble a driver reports, so that nobody outside compares codes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ErrorKind {
    /// The server can not be reached, or the session broke.
    Unreachable,
    /// User or password are wrong.
    Authentication,
    /// The database of the URL does not exist.
    NoDatabase,
    /// The URL or the options are wrong.
    Configuration,
    /// A lock was not granted in time, or a deadlock or serialization failure: running it again may work.
    Retryable,
    /// The fence refused: another process has taken the lock over.
    LostLock,
    /// The statement was cancelled, by us or by an operator.
    Cancelled,
    /// A table that a question named is not there.
    MissingTable,
    /// The statement was refused.
    Statement,
}

/// What a database said, without any secret of the URL.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DriverError {
    /// What kind of trouble.
    pub kind: ErrorKind,
    /// The database's own code: SQLSTATE, or MySQL's number, or SQLite's result code.
    pub code: Option<String>,
    /// The database's own text.
    pub message: String,
    /// The database's detail and hint.
    pub detail: Option<String>,
    /// Where in the statement, as a byte offset from 0.
    pub position: Option<usize>,
}

impl DriverError {
    /// An error of a kind with a text.
    #[must_use]
    pub fn new(kind: ErrorKind, message: impl Into<String>) -> Self {
        Self { kind, code: None, message: message.into(), detail: None, position: None }
    }
}

impl fmt::Display for DriverError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.code {
            Some(code) => write!(f, "{} ({code})", self.message),
            None => f.write_str(&self.message),
        }
    }
}

impl std::error::Error for DriverError {}

/// An error inside a packet of several statements.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PacketError {
    /// How many statements of the packet had completed.
    pub completed: usize,
    /// What happened to the next one.
    pub error: DriverError,
}
