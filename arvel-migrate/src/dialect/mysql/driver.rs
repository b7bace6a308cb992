//! Connections through sqlx.

use std::sync::Arc;

use crate::{
    dialect::{BoxFuture, Capability, Connection, Driver, DriverError, ErrorKind, SharedDialect},
    url::DatabaseUrl,
};

pub(crate) struct MySqlDriver;

impl Driver for MySqlDriver {
    fn schemes(&self) -> &'static [&'static str] {
        &["mysql", "mariadb"]
    }

    fn offline_dialect(&self) -> SharedDialect {
        Arc::new(super::MySql::new(capability("")))
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
        family: "mysql",
        display_name: "MariaDB",
        version: version.to_owned(),
        transactional_ddl: false,
        packet: false,
        longest_identifier: 64,
        file_database: false,
        begin: "START TRANSACTION",
    }
}
