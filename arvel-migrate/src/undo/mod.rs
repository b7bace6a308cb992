//! The way back of a migration that wrote none: resolved when it is applied, from what inspection saw, and kept in its
//! history row. So a drop can be undone days later, by another process.
//!
//! Pure. It brings back shapes, never values: what a dropped column held is gone, and nothing here pretends otherwise.

mod define;
mod difference;
mod folded;
mod resolve;
mod stored;
#[cfg(test)]
mod tests;

pub(crate) use define::{column, index, table};
pub(crate) use difference::options;
pub(crate) use folded::folded;
pub use resolve::{WayBack, of_family, resolve, way_back};
pub(crate) use resolve::{needs, object, with_texts};
pub use stored::UnreadableUndo;
pub(crate) use stored::{read, write};
