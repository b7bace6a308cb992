//! For tests: databases of their own, on every engine that can be reached.
//!
//! A test on PostgreSQL or MariaDB that finds no server is skipped by name, unless `ARVEL_TEST_REQUIRE` names the engine
//! (`postgres,mysql`, or `all`): then its absence is a failure, so that nothing is skipped by accident in CI.

mod assertions;
mod bundle;
mod client;
mod database;
mod dialects;

pub use assertions::AssertionError;
pub use bundle::{bundled_migrations, outline};
pub use client::run_script;
pub use database::{Engine, TestDatabase};
pub use dialects::dialects;
