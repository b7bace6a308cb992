//! For tests: databases of their own, on every engine that can be reached.
//!
//! A test on PostgreSQL or MariaDB that finds no server is skipped by name, unless `ARVEL_TEST_REQUIRE` names the engine
//! (`postgres,mysql`, or `all`): then its absence is a failure, so that nothing is skipped by accident in CI.

mod assertions;
mod client;
mod database;
mod dialects;
mod difference;
mod outline;
mod package;

pub use assertions::AssertionError;
pub use client::run_script;
pub use database::{Engine, TestDatabase};
pub use dialects::dialects;
pub use outline::outline;
pub use package::{
    PackageError, PackageProblem, PackageReport, PackageStep, check_package, package_migrations,
};
