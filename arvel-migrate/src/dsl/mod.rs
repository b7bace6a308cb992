//! The fluent builder: closures that record [`Operation`](crate::operation::Operation)s.
//!
//! Nothing runs while recording and nothing can be asked; a mistake that can be seen here (an empty name, a modifier
//! that makes no sense) is remembered and stops the plan before anything runs.

mod batched;
mod blueprint;
mod close;
mod column;
mod columns;
mod conditions;
mod constraint;
mod drop;
mod error;
mod foreign;
mod groups;
mod index;
mod mistakes;
mod mode;
mod names;
mod objects;
mod options;
mod schema;
mod special;
#[cfg(test)]
mod tests;

pub use blueprint::Blueprint;
pub use conditions::Otherwise;
pub use error::DslError;
pub use index::{column, desc, expression, prefix};
pub use names::{ColumnNames, Dropped, IndexColumns, Named, Which, conventional_name, named};
pub use objects::{Detached, EnumValue, Partitioning, Refresh};
pub use schema::{Recorded, Schema};
