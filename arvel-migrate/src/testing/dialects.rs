//! The dialects at fixed versions, for SQL that is compared as text: nobody is asked, and nothing depends on what a
//! machine has installed.

use std::sync::Arc;

use crate::dialect::{Capability, SharedDialect, driver_for, mysql::MySql};

/// The name for people and the dialect: SQLite, PostgreSQL, MariaDB, MySQL. MariaDB is as of 10.10, MySQL as of 8.0.
#[must_use]
pub fn dialects() -> Vec<(&'static str, SharedDialect)> {
    let known = ["sqlite", "postgres", "mysql"];
    let mut all: Vec<SharedDialect> =
        known.into_iter().filter_map(driver_for).map(|driver| driver.offline_dialect()).collect();
    let other = all.iter().find(|dialect| dialect.capability().family == "mysql").map(|mariadb| {
        let version = "8.0.36".to_owned();
        MySql::new(Capability { version, display_name: "MySQL", ..mariadb.capability().clone() })
    });
    all.extend(other.map(|mysql| Arc::new(mysql) as SharedDialect));
    all.into_iter().map(|dialect| (dialect.capability().display_name, dialect)).collect()
}
