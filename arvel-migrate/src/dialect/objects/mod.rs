//! What the dialects share about views, sequences, types, routines, triggers and partitions: how a schema changes with
//! them, which of them an inspection is asked for, and what a text as written must be.
//!
//! It writes no SQL.

mod asked;
mod fold;
mod text;

pub(crate) use asked::Asked;
pub(crate) use fold::fold;
pub(crate) use text::{one_statement, trimmed};
