//! Registrations, SQL files and in-place stubs as owned migrations, sorted.

/// Every migration that the program knows.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    migrations: Vec<super::Migration>,
}

/// What is wrong with the set of migrations.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CatalogError {}

impl Catalog {
    /// The migrations, sorted by line and key.
    #[must_use]
    pub fn migrations(&self) -> &[super::Migration] {
        &self.migrations
    }
}
