//! Several databases in one program: whose migration is whose.
//!
//! A migration belongs to one database: the one that its header names, or its folder's, or the default one. Nothing
//! crosses from one to another; what tries to is refused here, before a graph would call it unknown.

use std::sync::Arc;

use super::{Catalog, CatalogError, convert, key};
use crate::migration::{DEFAULT_DATABASE, Dependency, Migration, Parents};

/// A database that the configuration has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownDatabase {
    /// Its name.
    pub name: String,
    /// Whether it has a folder of its own. Without one, headers say which migrations of the shared folder are its.
    pub own_folder: bool,
}

impl Catalog {
    /// The migrations of one database.
    ///
    /// # Errors
    /// [`CatalogError::AcrossDatabases`] when one of them has a parent or a dependency in another database.
    pub fn of_database(mut self, name: &str) -> Result<Self, CatalogError> {
        let own = |migration: &&Arc<Migration>| migration.database_name() == name;
        if self.migrations.iter().all(|migration| migration.database_name() == name) {
            return Ok(self);
        }
        for migration in self.migrations.iter().filter(own) {
            if let Some((key, named, other)) = self.across(migration) {
                return Err(CatalogError::AcrossDatabases {
                    file: convert::file_of(migration),
                    database: name.to_owned(),
                    key,
                    named,
                    other,
                });
            }
        }
        self.migrations.retain(|migration| migration.database_name() == name);
        self.index = self.migrations.iter().enumerate().map(|(at, migration)| (key(migration), at)).collect();
        Ok(self)
    }

    /// The first parent or dependency of a migration that only another database has: its key, its name, and whose it is.
    fn across(&self, of: &Migration) -> Option<(&'static str, String, String)> {
        let elsewhere = |is: &dyn Fn(&Migration) -> bool| {
            let mut found = self.migrations.iter().filter(|migration| is(migration)).peekable();
            found.peek()?;
            let mut names = found.map(|migration| migration.database_name());
            let first = names.next()?.to_owned();
            let here = first == of.database_name() || names.any(|name| name == of.database_name());
            (!here).then_some(first)
        };
        let parents = match &of.parents {
            Parents::Of(parents) => parents.as_slice(),
            Parents::Previous | Parents::Root => &[],
        };
        let parent = parents.iter().find_map(|parent| {
            let other = elsewhere(&|migration| migration.revision == *parent)?;
            Some(("parents", parent.to_string(), other))
        });
        parent.or_else(|| {
            of.depends_on.iter().find_map(|dependency| {
                let other = elsewhere(&|migration| match dependency {
                    Dependency::Revision(revision) => migration.revision == *revision,
                    Dependency::Origin(origin) => migration.origin.as_ref() == Some(origin),
                })?;
                Some(("depends_on", dependency.to_string(), other))
            })
        })
    }

    /// Refuses migrations of databases that there are not, and those that say another database than their folder's.
    ///
    /// # Errors
    /// [`CatalogError::UnknownDatabase`], [`CatalogError::DatabaseOfFolder`].
    pub fn check_databases(&self, known: &[KnownDatabase]) -> Result<(), CatalogError> {
        for migration in &self.migrations {
            let Some(database) = &migration.database else { continue };
            let file = convert::file_of(migration);
            let Some(found) = known.iter().find(|known| known.name == *database) else {
                let known = known.iter().map(|known| known.name.clone()).collect();
                return Err(CatalogError::UnknownDatabase { file, database: database.clone(), known });
            };
            // The shared folder is that of the default database, and of those that have none of their own.
            let shared = migration.line.as_str() == DEFAULT_DATABASE;
            if shared && found.own_folder && database != DEFAULT_DATABASE {
                let (database, folder) = (database.clone(), DEFAULT_DATABASE.to_owned());
                return Err(CatalogError::DatabaseOfFolder { file, database, folder });
            }
        }
        Ok(())
    }
}
