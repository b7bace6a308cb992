//! The Rust examples of the book, compiled and run as documentation tests.

/// docs/src/writing.md
#[doc = include_str!("../../docs/src/writing.md")]
pub struct Writing;

/// docs/src/hooks.md
#[doc = include_str!("../../docs/src/hooks.md")]
pub struct Hooks;

/// docs/src/testing.md
#[doc = include_str!("../../docs/src/testing.md")]
pub struct Testing;

/// docs/src/sql-files.md
#[doc = include_str!("../../docs/src/sql-files.md")]
pub struct SqlFiles;

/// docs/src/databases.md
#[doc = include_str!("../../docs/src/databases.md")]
pub struct SeveralDatabases;
