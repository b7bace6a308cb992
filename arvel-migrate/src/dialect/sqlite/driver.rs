//! Connections through sqlx.

use std::sync::Arc;

use crate::{
    dialect::{BoxFuture, Capability, Connection, Driver, DriverError, ErrorKind, SharedDialect},
    url::DatabaseUrl,
};

pub(crate) struct SqliteDriver;

impl Driver for SqliteDriver {
    fn schemes(&self) -> &'static [&'static str] {
        &["sqlite"]
    }

    fn offline_dialect(&self) -> SharedDialect {
        Arc::new(super::Sqlite::new(capability("")))
    }

    fn connect<'a>(
        &'a self,
        _url: &'a DatabaseUrl,
        _create: bool,
    ) -> BoxFuture<'a, Result<(Box<dyn Connection>, SharedDialect), DriverError>> {
        Box::pin(async { Err(DriverError::new(ErrorKind::Configuration, "unfinished")) })
    }

    fn database_exists<'a>(&'a self, _url: &'a DatabaseUrl) -> BoxFuture<'a, Result<bool, DriverError>> {
        Box::pin(async { Err(DriverError::new(ErrorKind::Configuration, "unfinished")) })
    }

    fn create_database<'a>(&'a self, _url: &'a DatabaseUrl) -> BoxFuture<'a, Result<(), DriverError>> {
        Box::pin(async { Err(DriverError::new(ErrorKind::Configuration, "unfinished")) })
    }

    fn drop_database<'a>(&'a self, _url: &'a DatabaseUrl) -> BoxFuture<'a, Result<(), DriverError>> {
        Box::pin(async { Err(DriverError::new(ErrorKind::Configuration, "unfinished")) })
    }
}

/// The facts, for a version as the server says it.
pub(super) fn capability(version: &str) -> Capability {
    Capability {
        family: "sqlite",
        display_name: "SQLite",
        version: version.to_owned(),
        transactional_ddl: true,
        packet: false,
        longest_identifier: 1024,
        file_database: true,
        begin: "BEGIN IMMEDIATE",
    }
}
