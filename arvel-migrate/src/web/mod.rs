//! Migrations in a serving application: what happens at its start, and whether it is ready.

mod notice;
mod plugin;
mod readiness;
mod start;

pub use plugin::Migrations;
