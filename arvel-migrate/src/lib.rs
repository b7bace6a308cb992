//! Database migrations for Rust web applications.
//!
//! Data flows one way: file, [`Catalog`](migration::Catalog), graph, plan, statements, row.

#[cfg(doctest)]
mod book;
pub mod checkup;
pub mod db;
pub mod dialect;
pub mod dsl;
#[cfg(test)]
mod engine_tests;
mod error;
pub mod exec;
mod from_row;
mod given;
pub mod graph;
pub mod history;
mod hooks;
pub mod lock;
pub mod migration;
mod migrator;
pub mod operation;
pub mod plan;
pub mod project;
pub mod publish;
pub mod schema;
mod script;
pub mod seed;
pub mod settings;
mod shown;
#[cfg(test)]
mod sql_tests;
pub mod testing;
pub mod undo;
pub mod url;
pub mod web;

pub use error::Error;
pub use given::{Given, GivenError};
pub use hooks::{FilterContext, HookFn, Hooks, RunContext, StepContext};
pub use migrator::{
    DatabaseIdentity, DatabasesError, DowngradeRequest, FreshReport, Inspection, InstallReport, Migrator,
    MigratorBuilder, Migrators, MigratorsBuilder, OnFailure, Outcome, Outcomes, Reading, RefreshReport,
    RollbackRequest, ScriptRequest, ScriptVerb, StampReport, StampRequest, StartState, Status, TableSize,
    UpgradeRequest,
};
pub use script::{Script, ScriptError, ScriptStep};
pub use web::Migrations;

#[doc(hidden)]
pub use arvel_macros::text_of_the_file_of as __text_of_the_file_of;
#[doc(hidden)]
pub use inventory;

/// What a migration file needs.
pub mod prelude {
    pub use crate::{
        db::Db,
        dialect::Value,
        dsl::{Blueprint, Schema, column, desc, expression, named, prefix},
        include_sql, migration,
        operation::{Algorithm, ColumnType, DataResult, ForeignKeyAction, LockLevel},
        seeder,
    };
}
