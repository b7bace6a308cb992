//! Database migrations for Rust web applications.
//!
//! Data flows one way: file, [`Catalog`](migration::Catalog), graph, plan, statements, row.

pub mod db;
pub mod dialect;
pub mod dsl;
pub mod exec;
pub mod graph;
pub mod history;
pub mod lock;
pub mod migration;
pub mod operation;
pub mod plan;
pub mod project;
pub mod publish;
pub mod schema;
pub mod url;

#[doc(hidden)]
pub use inventory;

/// What a migration file needs.
pub mod prelude {
    pub use crate::{
        db::Db,
        dialect::Value,
        dsl::{Blueprint, Schema},
        migration,
        operation::{DataResult, ForeignKeyAction},
    };
}
