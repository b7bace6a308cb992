//! The list of drivers: a new engine is one folder and one row here.

use super::{Driver, mysql, postgres, sqlite};

static DRIVERS: [&dyn Driver; 3] =
    [&sqlite::driver::SqliteDriver, &postgres::driver::PostgresDriver, &mysql::driver::MySqlDriver];

/// The driver of a URL scheme.
#[must_use]
pub fn driver_for(scheme: &str) -> Option<&'static dyn Driver> {
    DRIVERS.iter().copied().find(|driver| driver.schemes().contains(&scheme))
}

/// The families of databases, as `schema.sql_for` names them.
#[must_use]
pub fn families() -> Vec<&'static str> {
    DRIVERS.iter().map(|driver| driver.offline_dialect().capability().family).collect()
}

/// Every scheme that can be used.
#[must_use]
pub fn schemes() -> Vec<&'static str> {
    DRIVERS.iter().flat_map(|driver| driver.schemes().iter().copied()).collect()
}
