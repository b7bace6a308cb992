//! Every migration that the program knows: registrations and SQL files as owned [`Migration`] values, sorted.
//!
//! Registration order and directory order are arbitrary, so nothing here depends on them. What can be wrong with one
//! file, or with two files of the same name, is refused here; what can be wrong between migrations is the graph's.

mod convert;
mod database;
mod error;
mod folder;
#[cfg(test)]
mod tests;

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

pub(crate) use convert::tidy;
pub use database::KnownDatabase;
pub use error::CatalogError;
use folder::Wanted;

use super::{Body, Checksum, LineName, Migration, Registration, RevisionId, SortKey};
use crate::history::SetDigest;

/// The migrations, sorted by line and then by key, no revision twice in one database.
#[derive(Clone, Debug, Default)]
pub struct Catalog {
    migrations: Vec<Arc<Migration>>,
    /// By revision and database.
    index: BTreeMap<(RevisionId, String), usize>,
    unlisted: BTreeSet<(RevisionId, String)>,
}

/// Whose text counts when a SQL migration is compiled in and lies in a folder too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Precedence {
    /// The folder's: editing it needs no build.
    Disk,
    /// The compiled one: the folder only adds what is not compiled in.
    Compiled,
}

/// What one package registers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PackageCounts {
    /// Migrations of the application's own folders.
    pub migrations: usize,
    /// Stubs, for the publisher or to run in place.
    pub stubs: usize,
}

impl Catalog {
    /// The migrations that are compiled in, without the stubs of packages.
    ///
    /// # Errors
    /// [`CatalogError`] for names, headers and SQL files that can not be used, and for a revision that two files have.
    pub fn compiled() -> Result<Self, CatalogError> {
        Self::from_registrations(inventory::iter::<Registration>())
    }

    /// The migrations of the given registrations; stubs are left out.
    ///
    /// # Errors
    /// As [`compiled`](Self::compiled).
    pub fn from_registrations<'a>(
        registrations: impl IntoIterator<Item = &'a Registration>,
    ) -> Result<Self, CatalogError> {
        let mut registrations: Vec<_> =
            registrations.into_iter().filter(|registration| !registration.stub).collect();
        // So that of several mistakes the same one is told every time.
        registrations.sort_by_key(|registration| (registration.file, registration.stem));
        let migrations = registrations.into_iter().map(Migration::from_registration);
        Self::new(migrations.collect::<Result<_, _>>()?)
    }

    /// The SQL migrations of a folder and of the folders in it, as they are on the disk now. Rust files are compiled
    /// in and not read here; files that end neither in `.sql` nor in `.rs`, and hidden ones, are nobody's.
    ///
    /// # Errors
    /// [`CatalogError`] when the folder can not be read, for names and texts that can not be used, half a pair, a stem
    /// that two files have, and a revision that two files have.
    pub fn read_folder(path: &Path, line: &LineName) -> Result<Self, CatalogError> {
        Self::read_folder_except(path, line, &[])
    }

    /// The same without some of the folders in it: those that are configured themselves, with lines of their own.
    ///
    /// # Errors
    /// As [`read_folder`](Self::read_folder).
    pub fn read_folder_except(
        path: &Path,
        line: &LineName,
        except: &[PathBuf],
    ) -> Result<Self, CatalogError> {
        Self::new(folder::read(path, Wanted { line, but: None, except })?)
    }

    /// The migrations of a folder and of the folders in it, SQL and Rust, by what their files say. A Rust file is read, not
    /// compiled: its place is known (revision, parents, dependencies, labels, origin), what it does is not. So this is for
    /// questions about the graph that must be answered before a build, such as where a new file goes. An absent folder has
    /// none.
    ///
    /// # Errors
    /// As [`read_folder`](Self::read_folder); and a Rust file that is no Rust, or whose header is not written out.
    pub fn read_files(path: &Path, line: &LineName) -> Result<Self, CatalogError> {
        Self::read_files_but(path, line, None, &[])
    }

    /// The same without the files of a stem, whatever is in them: what is left when a file that can not be read goes; and
    /// without nested folders that are configured themselves.
    ///
    /// # Errors
    /// As [`read_files`](Self::read_files), about the other files.
    pub fn read_files_but(
        path: &Path,
        line: &LineName,
        stem: Option<&str>,
        except: &[PathBuf],
    ) -> Result<Self, CatalogError> {
        let wanted = Wanted { line, but: stem, except };
        let mut migrations = match folder::read(path, wanted) {
            Err(CatalogError::Unreadable { error, .. }) if error.kind() == std::io::ErrorKind::NotFound => {
                return Ok(Self::default());
            }
            read => read?,
        };
        migrations.extend(folder::read_rust(path, wanted)?);
        Self::new(migrations)
    }

    /// Puts migrations in order.
    ///
    /// # Errors
    /// [`CatalogError::DuplicateRevision`].
    pub fn new(migrations: Vec<Migration>) -> Result<Self, CatalogError> {
        Self::sorted(migrations.into_iter().map(Arc::new).collect())
    }

    fn sorted(mut migrations: Vec<Arc<Migration>>) -> Result<Self, CatalogError> {
        migrations.sort_by(|one, other| {
            one.line
                .cmp(&other.line)
                .then_with(|| SortKey::compare(&one.stem, &other.stem))
                .then_with(|| one.revision.cmp(&other.revision))
                .then_with(|| one.path.cmp(&other.path))
        });
        let mut index = BTreeMap::new();
        for (at, migration) in migrations.iter().enumerate() {
            if let Some(first) = index.insert(key(migration), at) {
                return Err(CatalogError::DuplicateRevision {
                    revision: migration.revision.clone(),
                    first: convert::file_of(&migrations[first]),
                    second: convert::file_of(migration),
                });
            }
        }
        Ok(Self { migrations, index, unlisted: BTreeSet::new() })
    }

    /// Together with what a folder holds. A SQL migration that both have is one; it keeps the line that it was
    /// compiled with. What only the folder has is added, and is [unlisted](Self::is_unlisted).
    ///
    /// # Errors
    /// [`CatalogError::DuplicateRevision`] when a file of the folder has the revision of a Rust migration.
    pub fn merge(mut self, disk: Self, precedence: Precedence) -> Result<Self, CatalogError> {
        for found in &disk.migrations {
            let Some(at) = self.listed(found, &disk) else {
                self.unlisted.insert(key(found));
                self.migrations.push(Arc::clone(found));
                continue;
            };
            if precedence == Precedence::Disk {
                let line = self.migrations[at].line.clone();
                self.migrations[at] = Arc::new(Migration { line, ..Migration::clone(found) });
            }
        }
        let unlisted = self.unlisted;
        Ok(Self { unlisted, ..Self::sorted(self.migrations)? })
    }

    /// Together with other migrations: those that run in place, or another folder's.
    ///
    /// # Errors
    /// [`CatalogError::DuplicateRevision`].
    pub fn with(mut self, more: Vec<Migration>) -> Result<Self, CatalogError> {
        self.migrations.extend(more.into_iter().map(Arc::new));
        let unlisted = self.unlisted;
        Ok(Self { unlisted, ..Self::sorted(self.migrations)? })
    }

    /// Where the compiled form of a file is: the one with its revision; or, when the revision in the header was
    /// edited since, the one with its stem, if no other file of the folder can be meant.
    fn listed(&self, found: &Migration, disk: &Self) -> Option<usize> {
        let is_sql = |at: &usize| matches!(self.migrations[*at].up, Body::Sql(_));
        let same_revision = self.index.get(&key(found)).copied().filter(is_sql);
        same_revision.or_else(|| {
            let mut same_stem = self.index.values().copied().filter(|at| {
                let compiled = &self.migrations[*at];
                // Another database may have a file of the same name.
                let same = compiled.stem == found.stem && compiled.line.database() == found.line.database();
                is_sql(at) && same && !disk.index.contains_key(&key(compiled))
            });
            let only = same_stem.next().filter(|_| same_stem.next().is_none())?;
            let namesakes = disk.migrations.iter().filter(|other| other.stem == found.stem).count();
            (namesakes == 1).then_some(only)
        })
    }

    /// The migrations, sorted by line and key.
    #[must_use]
    pub fn migrations(&self) -> &[Arc<Migration>] {
        &self.migrations
    }

    /// The migrations, for [`Graph::build`](crate::graph::Graph::build).
    #[must_use]
    pub fn into_migrations(self) -> Vec<Arc<Migration>> {
        self.migrations
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.migrations.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.migrations.is_empty()
    }

    /// The migration of a revision; of several databases the first one's by name.
    #[must_use]
    pub fn get(&self, revision: &RevisionId) -> Option<&Arc<Migration>> {
        let from = (revision.clone(), String::new());
        let (found, at) = self.index.range(from..).next()?;
        if found.0 == *revision { self.migrations.get(*at) } else { None }
    }

    /// Whether a migration lies in a folder but is not in its `mod.rs`: a release build would not have it.
    #[must_use]
    pub fn is_unlisted(&self, migration: &Migration) -> bool {
        self.unlisted.contains(&key(migration))
    }

    /// Every revision with its checksum, in the catalog's order. It records every `up`; nothing runs.
    #[must_use]
    pub fn checksums(&self) -> Vec<(RevisionId, Checksum)> {
        let checksum = |migration: &Arc<Migration>| (migration.revision.clone(), Checksum::of(migration));
        self.migrations.iter().map(checksum).collect()
    }

    /// The digest of the whole set, which start-up compares with the one in the database.
    #[must_use]
    pub fn digest(&self) -> SetDigest {
        let with_rows = self.migrations.iter().filter(|migration| !migration.is_follow_up());
        SetDigest::of(with_rows.map(|migration| (migration.identity(), Checksum::of(migration))))
    }

    /// The registered stubs of packages, sorted by package and stem.
    #[must_use]
    pub fn stubs() -> Vec<&'static Registration> {
        let mut stubs: Vec<_> =
            inventory::iter::<Registration>().filter(|registration| registration.stub).collect();
        stubs.sort_by_key(|registration| (registration.package, registration.stem, registration.file));
        stubs
    }

    /// What each package registers. A package that is not here is not linked, or has nothing.
    #[must_use]
    pub fn counts_per_package() -> BTreeMap<&'static str, PackageCounts> {
        let mut counts: BTreeMap<&'static str, PackageCounts> = BTreeMap::new();
        for registration in inventory::iter::<Registration>() {
            let package = counts.entry(registration.package).or_default();
            if registration.stub {
                package.stubs += 1;
            } else {
                package.migrations += 1;
            }
        }
        counts
    }
}

/// What is one migration: two databases may each have one of the same name.
fn key(migration: &Migration) -> (RevisionId, String) {
    (migration.revision.clone(), migration.database_name().to_owned())
}

impl From<Catalog> for Vec<Arc<Migration>> {
    fn from(catalog: Catalog) -> Self {
        catalog.into_migrations()
    }
}
