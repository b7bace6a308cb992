//! The databases of the reference's columns, at the versions of the tests and at later ones.

use std::sync::Arc;

use crate::dialect::{Capability, SharedDialect, driver_for, mysql::MySql, postgres::Postgres};

/// A column of the tables.
pub(super) struct Server {
    pub name: &'static str,
    /// As it is tested, or as it was at the oldest version that is still kept up.
    pub tested: SharedDialect,
    /// Later versions by name: what they can do more is rendered, not run.
    pub later: Vec<(&'static str, SharedDialect)>,
}

fn at(scheme: &str, name: &'static str, version: &str) -> SharedDialect {
    let offline = driver_for(scheme).unwrap().offline_dialect();
    let capability =
        Capability { version: version.to_owned(), display_name: name, ..offline.capability().clone() };
    match scheme {
        "postgres" => Arc::new(Postgres::new(capability)),
        "mysql" => Arc::new(MySql::new(capability)),
        _ => offline,
    }
}

pub(super) fn servers() -> Vec<Server> {
    let later = |scheme, name: &'static str, versions: &[(&'static str, &str)]| {
        versions.iter().map(|(label, version)| (*label, at(scheme, name, version))).collect()
    };
    let server = |name, scheme, version, versions: &[(&'static str, &str)]| Server {
        name,
        tested: at(scheme, name, version),
        later: later(scheme, name, versions),
    };
    vec![
        server("SQLite", "sqlite", "", &[]),
        server("PostgreSQL", "postgres", "15.8", &[("17", "17.0"), ("18", "18.0")]),
        server(
            "MariaDB",
            "mysql",
            "10.11.6-MariaDB",
            &[("11.4", "11.4.2-MariaDB"), ("11.7", "11.7.2-MariaDB"), ("12.0", "12.0.2-MariaDB")],
        ),
        server("MySQL", "mysql", "8.0.36", &[("8.4", "8.4.0"), ("9.0", "9.0.1"), ("9.4", "9.4.0")]),
    ]
}
