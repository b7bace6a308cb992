//! Against a real SQLite: operations run as the executor runs them, and what is there afterwards.

mod columns;
mod folding;
mod goldens;
mod indexes;
mod inspecting;
mod objects;
mod options;
mod random;
mod rebuilding;

use super::{QUOTE, Sqlite, driver::SqliteDriver};
use crate::{
    dialect::{CompileError, Connection, Dialect, Driver, Row, SharedDialect, Statement, quote},
    dsl::Schema,
    operation::{Operation, TableName},
    schema::{DatabaseSchema, Table},
    url::DatabaseUrl,
};

/// The body of a migration.
type Body = fn(&mut Schema);

/// A database in memory with foreign keys on.
struct Database {
    connection: Box<dyn Connection>,
    dialect: SharedDialect,
}

impl Database {
    async fn open() -> Self {
        let url = DatabaseUrl::parse("sqlite::memory:").unwrap();
        let (connection, dialect) = SqliteDriver.connect(&url, true).await.unwrap();
        Self { connection, dialect }
    }

    /// Opens a database and runs statements as written.
    async fn with(statements: &[&str]) -> Self {
        let mut database = Self::open().await;
        for sql in statements {
            database.sql(sql).await;
        }
        database
    }

    async fn sql(&mut self, sql: &str) {
        self.connection.execute(sql).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
    }

    /// The cells of all rows, a row per text.
    async fn rows(&mut self, sql: &str) -> Vec<String> {
        let rows = self.connection.query(sql).await.unwrap_or_else(|error| panic!("{error}: {sql}"));
        rows.iter()
            .map(|row| (0..row.columns().len()).map(|at| cell(row, at)).collect::<Vec<_>>().join("|"))
            .collect()
    }

    async fn inspect(&mut self) -> DatabaseSchema {
        self.dialect.inspect(&mut *self.connection, None).await.unwrap()
    }

    async fn table(&mut self, name: &str) -> Table {
        let name = TableName::from(name);
        self.inspect().await.tables.remove(&name).unwrap_or_else(|| panic!("no table {name}"))
    }

    async fn compile(&mut self, operation: &Operation) -> Result<Vec<Statement>, CompileError> {
        let mut needs = self.dialect.needs(operation);
        needs.extend(self.dialect.worth_a_look(operation));
        let before = match needs.is_empty() {
            true => DatabaseSchema::default(),
            false => self.dialect.inspect(&mut *self.connection, Some(&needs)).await.unwrap(),
        };
        self.dialect.compile(operation, &before)
    }

    /// One operation in one transaction. An error leaves everything as it was.
    async fn try_run(&mut self, operation: &Operation) -> Result<Vec<String>, String> {
        let statements = self.compile(operation).await.map_err(|error| error.to_string())?;
        self.run_statements(statements).await
    }

    async fn run_statements(&mut self, statements: Vec<Statement>) -> Result<Vec<String>, String> {
        let off = statements.iter().any(|statement| statement.needs_foreign_keys_off);
        if off {
            self.sql("PRAGMA foreign_keys = OFF").await;
        }
        self.sql("BEGIN IMMEDIATE").await;
        let (mut failed, mut sent) = (None, Vec::new());
        'all: for statement in &statements {
            for guard in &statement.guards {
                sent.push(guard.query.clone());
                let rows = self.connection.query(&guard.query).await.unwrap();
                if let Some(refusal) = guard.refusal(&rows) {
                    failed = Some(refusal.to_string());
                    break 'all;
                }
            }
            sent.push(statement.sql.clone());
            if let Err(error) = self.connection.execute(&statement.sql).await {
                failed = Some(format!("{error}: {}", statement.sql));
                break;
            }
        }
        if failed.is_none() && off {
            failed = match self.connection.query("PRAGMA foreign_key_check").await {
                Ok(rows) => {
                    rows.first().map(|row| format!("{}|{}|{}", cell(row, 0), cell(row, 1), cell(row, 2)))
                }
                Err(error) => Some(error.to_string()),
            };
        }
        self.sql(if failed.is_some() { "ROLLBACK" } else { "COMMIT" }).await;
        if off {
            self.sql("PRAGMA legacy_alter_table = OFF").await;
            self.sql("PRAGMA foreign_keys = ON").await;
        }
        match failed {
            Some(error) => Err(error),
            None => Ok(sent),
        }
    }

    /// Runs an operation and compares its fold with what is there.
    async fn run(&mut self, operation: &Operation) -> Vec<String> {
        let mut folded = self.inspect().await;
        let exact = self.dialect.fold(operation, &mut folded);
        let done = self.try_run(operation).await;
        let sent = done.unwrap_or_else(|error| panic!("{}: {error}", operation.describe()));
        let found = self.inspect().await;
        if exact {
            assert_eq!(folded, found, "{}", operation.describe());
        }
        sent
    }

    /// Records a body and runs its operations one by one.
    async fn migrate(&mut self, body: Body) -> Vec<String> {
        let mut sent = Vec::new();
        for operation in operations(body) {
            sent.extend(self.run(&operation).await);
        }
        sent
    }

    async fn refused(&mut self, body: Body) -> String {
        let operations = operations(body);
        self.try_run(&operations[0]).await.expect_err("the operation was not refused")
    }
}

fn cell(row: &Row, at: usize) -> String {
    row.at(at).unwrap_or("NULL").to_owned()
}

fn operations(body: Body) -> Vec<Operation> {
    let recorded = Schema::record(body);
    assert_eq!(recorded.errors, [], "mistakes while recording");
    recorded.operations
}

/// The statements of a body on an empty database, without running them.
fn compiled(body: Body) -> Result<Vec<String>, CompileError> {
    let dialect = Sqlite::new(super::driver::capability(""));
    let mut schema = DatabaseSchema::default();
    let mut out = Vec::new();
    for operation in operations(body) {
        out.extend(dialect.compile(&operation, &schema)?.into_iter().map(|statement| statement.sql));
        dialect.fold(&operation, &mut schema);
    }
    Ok(out)
}

fn quoted(name: &str) -> String {
    quote::identifier(name, QUOTE)
}
