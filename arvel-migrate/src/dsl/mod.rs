//! The fluent builder: closures that record [`Operation`](crate::operation::Operation)s.
//!
//! Nothing runs while recording and nothing can be asked; a mistake that can be seen here (an empty name, a modifier
//! that makes no sense) is remembered and stops the plan before anything runs.

mod blueprint;
mod column;
mod columns;
mod foreign;
mod names;
mod schema;

pub use blueprint::Blueprint;
pub use names::{ColumnNames, conventional_name};
pub use schema::{DslError, Recorded, Schema};
