//! The same cases on every engine, through the public API alone. What was asked for is looked for in the catalog with
//! plain SQL, and in how the database treats rows.

mod change;
mod create;
mod data;
mod keys;
mod online;
mod rebuild;
mod types;
