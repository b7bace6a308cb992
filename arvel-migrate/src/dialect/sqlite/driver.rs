//! Connections to SQLite through sqlx.

use std::{path::PathBuf, str::FromStr, sync::Arc, time::Duration};

use sqlx::{
    ConnectOptions, Row as _, Sqlite as Database, SqliteConnection, ValueRef,
    sqlite::{SqliteConnectOptions, SqliteError, SqliteRow},
};

use super::{guard, rebuild::NEW};
use crate::{
    dialect::{
        BoxFuture, Capability, Connection, Driver, DriverError, ErrorKind, ForeignKeySwitch, SharedDialect,
        advice::Obstacle,
        live::{self, live_connection},
    },
    url::DatabaseUrl,
};

live_connection!(
    Live,
    SqliteConnection,
    Database,
    cell,
    error,
    fn give_up_when(&mut self, stop: Box<dyn Fn() -> bool + Send>) -> BoxFuture<'_, Result<(), DriverError>> {
        Box::pin(async move {
            let handle = self.0.lock_handle().await;
            handle.map_err(|e| error(&e, ""))?.set_progress_handler(STOP_EVERY, move || !stop());
            Ok(())
        })
    }
);

/// How many instructions of SQLite's machine run between two looks at whether to stop. A `ROLLBACK` has fewer, so it is
/// never stopped itself.
const STOP_EVERY: i32 = 10_000;

/// How long a statement waits for another process's write. A migration's own bound is the run's lock timeout.
const BUSY: Duration = Duration::from_secs(10);

pub(crate) struct SqliteDriver;

impl SqliteDriver {
    async fn open(&self, url: &DatabaseUrl, create: bool) -> Result<SqliteConnection, DriverError> {
        let options = match url.file() {
            None => SqliteConnectOptions::new().in_memory(true).shared_cache(false).filename(":memory:"),
            Some(file) => {
                let options = match url.query() {
                    Some(query) => SqliteConnectOptions::from_str(&format!("sqlite::memory:?{query}"))
                        .map_err(|e| live::bad_options(url, &e))?
                        .in_memory(false),
                    None => SqliteConnectOptions::new(),
                };
                if create && let Some(folder) = file.parent().filter(|folder| !folder.as_os_str().is_empty())
                {
                    std::fs::create_dir_all(folder).map_err(|e| {
                        let text = format!("the folder `{}` can not be made: {e}", folder.display());
                        DriverError::new(ErrorKind::Unreachable, text)
                    })?;
                }
                options.filename(file).create_if_missing(create)
            }
        };
        let options = options.foreign_keys(true).busy_timeout(BUSY).disable_statement_logging();
        live::open(url, self.connect_timeout(), options.connect(), error).await
    }
}

impl Driver for SqliteDriver {
    fn schemes(&self) -> &'static [&'static str] {
        &["sqlite"]
    }

    fn offline_dialect(&self) -> SharedDialect {
        Arc::new(super::Sqlite::new(capability("")))
    }

    fn connect<'a>(
        &'a self,
        url: &'a DatabaseUrl,
        create: bool,
    ) -> BoxFuture<'a, Result<(Box<dyn Connection>, SharedDialect), DriverError>> {
        Box::pin(async move {
            let connection = self.open(url, create).await?;
            let dialect: SharedDialect = Arc::new(super::Sqlite::new(capability("")));
            let connection: Box<dyn Connection> = Box::new(Live(connection));
            Ok((connection, dialect))
        })
    }

    fn database_exists<'a>(&'a self, url: &'a DatabaseUrl) -> BoxFuture<'a, Result<bool, DriverError>> {
        Box::pin(async move { Ok(url.file().is_none_or(|file| file.exists())) })
    }

    fn create_database<'a>(&'a self, url: &'a DatabaseUrl) -> BoxFuture<'a, Result<(), DriverError>> {
        Box::pin(async move {
            let mut connection = Live(self.open(url, true).await?);
            // An empty file becomes a database with its first write.
            connection.execute("PRAGMA user_version = 0").await?;
            Box::new(connection).close().await
        })
    }

    fn drop_database<'a>(&'a self, url: &'a DatabaseUrl) -> BoxFuture<'a, Result<(), DriverError>> {
        Box::pin(async move {
            let Some(file) = url.file() else { return Ok(()) };
            for ending in ["", "-journal", "-wal", "-shm", ".arvel-lock"] {
                let mut path = file.clone().into_os_string();
                path.push(ending);
                match std::fs::remove_file(PathBuf::from(&path)) {
                    Ok(()) => {}
                    Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
                    Err(error) => {
                        let text = format!("`{}` can not be removed: {error}", PathBuf::from(path).display());
                        return Err(DriverError::new(ErrorKind::Unreachable, text));
                    }
                }
            }
            Ok(())
        })
    }
}

/// The facts, for a version as the library says it.
pub(super) fn capability(version: &str) -> Capability {
    Capability {
        family: "sqlite",
        display_name: "SQLite",
        version: version.to_owned(),
        transactional_ddl: true,
        packet: true,
        journal_packet: true,
        longest_identifier: 1024,
        file_database: true,
        parents_may_be_missing: true,
        begin: "BEGIN IMMEDIATE",
        foreign_key_switch: Some(ForeignKeySwitch {
            off: "PRAGMA foreign_keys = OFF",
            check: "PRAGMA foreign_key_check",
            on: "PRAGMA legacy_alter_table = OFF; PRAGMA foreign_keys = ON",
        }),
    }
}

fn cell(row: &SqliteRow, at: usize) -> Result<Option<String>, sqlx::Error> {
    if row.try_get_raw(at)?.is_null() {
        return Ok(None);
    }
    // SQLite itself turns any value into text.
    row.try_get_unchecked::<String, _>(at).map(Some)
}

fn error(error: &sqlx::Error, _sql: &str) -> DriverError {
    let Some(found) = error.as_database_error().and_then(|e| e.try_downcast_ref::<SqliteError>()) else {
        return live::common_error(error);
    };
    let found: &dyn sqlx::error::DatabaseError = found;
    let code: Option<i32> = found.code().and_then(|code| code.parse().ok());
    // The low byte is the primary result code, https://www.sqlite.org/rescode.html
    let kind = match code.map(|code| code & 0xff) {
        Some(5 | 6) => ErrorKind::Retryable,
        Some(9) => ErrorKind::Cancelled,
        Some(14) => ErrorKind::NoDatabase,
        Some(26 | 11) => ErrorKind::Configuration,
        _ if found.message().starts_with("no such table") => ErrorKind::MissingTable,
        _ => ErrorKind::Statement,
    };
    // A rebuild's new table stands for the one that the user knows.
    let message = guard::said(found.message()).unwrap_or_else(|| found.message().replace(NEW, ""));
    DriverError { kind, code: code.map(|code| code.to_string()), message, detail: None, position: None }
}

/// What stands in the way of a change. SQLite has one code for nearly everything.
pub(super) fn obstacle(error: &DriverError) -> Option<Obstacle> {
    let message = error.message.as_str();
    let begins = |words: &[&str]| words.iter().any(|word| message.starts_with(word));
    if begins(&["NOT NULL constraint failed", "Cannot add a NOT NULL column"]) {
        Some(Obstacle::Null)
    } else if begins(&["UNIQUE constraint failed"]) {
        Some(Obstacle::Duplicate)
    } else if begins(&["CHECK constraint failed", "cannot store"]) {
        Some(Obstacle::Value)
    } else if begins(&["duplicate column name", "there is already"]) || message.contains("already exists") {
        Some(Obstacle::Exists)
    } else if begins(&["no such"]) {
        Some(Obstacle::Missing)
    } else {
        None
    }
}
