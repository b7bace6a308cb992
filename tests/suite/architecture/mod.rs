//! The house keeps its shape: which crate may know which, which room may do I/O, who may name a database or print.
//!
//! It reads the manifests and the sources of all crates. Comments never count; a rule says whether strings do. An
//! exception is a row in a table with its reason, and a row that no longer excuses anything fails, so the tables
//! shrink.

mod arrows;
mod lexer;
mod rooms;
mod source;
mod words;
