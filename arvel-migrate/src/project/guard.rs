//! The build guard: the `build.rs` of an application, as text.
//!
//! A migration file that `mod.rs` does not list is not compiled and never runs, in silence; a listed file that is gone
//! fails with the compiler's words. The guard turns both into one line that says what to do. It is std-only, looks
//! at names only, and lets files pass that a publisher which was interrupted has named in `.publishing`.

/// A `build.rs` that fails the build when `database/migrations`, `database/seeders` or the folder of a database below
/// `database` holds a file that its `mod.rs` does not list, or lists one that is not there. Folders that are absent are fine.
pub const BUILD_RS: &str = include_str!("guard_build.rs");

#[cfg(test)]
#[path = "guard_tests.rs"]
pub(super) mod tests;
