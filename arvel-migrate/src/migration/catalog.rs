//! Registrations, SQL files and in-place stubs as owned migrations, sorted.

use std::sync::Arc;

/// Every migration that the program knows.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    migrations: Vec<Arc<super::Migration>>,
}

/// What is wrong with the set of migrations.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum CatalogError {}

impl CatalogError {
    /// A stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "catalog"
    }

    /// What to do.
    #[must_use]
    pub fn hint(&self) -> Option<String> {
        None
    }
}

impl Catalog {
    /// Those compiled into the program.
    ///
    /// # Errors
    /// What is wrong with them.
    pub fn compiled() -> Result<Self, CatalogError> {
        Ok(Self::default())
    }

    /// The migrations, sorted by line and key.
    #[must_use]
    pub fn migrations(&self) -> &[Arc<super::Migration>] {
        &self.migrations
    }

    /// The migrations themselves.
    #[must_use]
    pub fn into_migrations(self) -> Vec<Arc<super::Migration>> {
        self.migrations
    }
}
