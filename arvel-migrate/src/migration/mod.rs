//! What a migration is: its identity, its place, and what it does, before anything has run.
//!
//! A migration reaches this module as a [`Registration`] (compiled in and collected by `inventory`) or as a SQL
//! file read at run time; the [`Catalog`] turns both into owned [`Migration`] values. Nothing here talks to a
//! database, and recording a body runs nothing.

mod catalog;
mod checksum;
#[cfg(test)]
mod fixtures;
mod macros;
mod origin;
mod registration;
mod revision;
mod sql_file;

pub(crate) use catalog::tidy;
pub use catalog::{Catalog, CatalogError, KnownDatabase, PackageCounts, Precedence};
pub use checksum::Checksum;
pub(crate) use checksum::hex;
pub(crate) use origin::is_package_name;
pub use origin::{Origin, OriginError};
pub use registration::{Reads, Registration, Source};
#[doc(hidden)]
pub use registration::{const_folder_is_stubs, const_is_valid_stem, const_stem};
pub use revision::{Label, LineName, NameError, RevisionId, SortKey};
pub(crate) use revision::{slug_of, split_stamp};
pub use sql_file::{SqlFile, SqlFileError, SqlSection};
pub(crate) use sql_file::{line_of_a_migration, normalize as normalized_sql};

use std::{fmt, path::PathBuf};

use crate::{Given, dsl::Schema, publish::InPlace};

/// The database that is meant where none is named.
pub const DEFAULT_DATABASE: &str = "default";

/// What runs for one direction of a migration.
#[derive(Clone)]
pub enum Body {
    /// A function that records operations.
    Rust(fn(&mut Schema)),
    /// A section of a SQL file.
    Sql(SqlSection),
}

impl fmt::Debug for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Body::Rust(_) => f.write_str("Rust(fn)"),
            Body::Sql(section) => f.debug_tuple("Sql").field(section).finish(),
        }
    }
}

/// What a migration directly follows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Parents {
    /// Nothing was written: it follows every revision of its line that sorts before it.
    Previous,
    /// It follows nothing: a base of its own.
    Root,
    /// The named revisions.
    Of(Vec<RevisionId>),
}

/// What must be applied first without being lineage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Dependency {
    /// A revision of this program.
    Revision(RevisionId),
    /// A migration that a package ships, whatever file carries it.
    Origin(Origin),
}

impl fmt::Display for Dependency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Dependency::Revision(revision) => revision.fmt(f),
            Dependency::Origin(origin) => origin.fmt(f),
        }
    }
}

/// Whether a migration's statements and its history row are one transaction.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TransactionMode {
    /// One transaction around the whole migration, where the database can do that. The default. What must stand outside
    /// a transaction cuts it in pieces.
    PerMigration,
    /// The same, said aloud: what would cut it in pieces is refused.
    Whole,
    /// Each statement for itself, journaled.
    None,
}

/// One migration, owned and complete: what the [`Catalog`] holds and the graph orders.
#[derive(Clone, Debug)]
pub struct Migration {
    /// Its identity.
    pub revision: RevisionId,
    /// The file stem, from which order comes.
    pub stem: String,
    /// The line that it belongs to.
    pub line: LineName,
    /// What it directly follows.
    pub parents: Parents,
    /// What must be applied before it.
    pub depends_on: Vec<Dependency>,
    /// Names of the branch that begins here.
    pub labels: Vec<Label>,
    /// The package and stub that it was published from.
    pub origin: Option<Origin>,
    /// What is known of it because it runs in place; nothing of a file.
    pub in_place: Option<InPlace>,
    /// The database that it is for, as its header or its folder says; `None` is the default one.
    pub database: Option<String>,
    /// One line for people.
    pub description: Option<String>,
    /// The way forward.
    pub up: Body,
    /// The way back; `None` means the exact reverse of `up`, where it has one.
    pub down: Option<Body>,
    /// Transaction of the way forward.
    pub up_transaction: TransactionMode,
    /// Transaction of the way back.
    pub down_transaction: TransactionMode,
    /// The keys of `-x` that it reads, and `--tag`.
    pub reads: Vec<String>,
    /// What it reads them from; nothing for a checksum.
    pub given: Given,
    /// The file, as far as the program knows it.
    pub path: Option<PathBuf>,
    /// The text of the file, for SQL migrations: failure cards point into it. For a Rust migration that reads what the
    /// command line gives: its checksum is made of it.
    pub text: Option<std::sync::Arc<str>>,
}

impl Migration {
    /// The stem without its stamp: `create_posts_table`.
    #[must_use]
    pub fn slug(&self) -> &str {
        revision::slug_of(&self.stem)
    }

    /// The name of the database that it is for.
    #[must_use]
    pub fn database_name(&self) -> &str {
        self.database.as_deref().unwrap_or(DEFAULT_DATABASE)
    }

    /// What it is known by in the digest of an applied set: its origin, else its revision. A package's migration is the
    /// same one whether it runs in place or from a published file.
    #[must_use]
    pub fn identity(&self) -> String {
        self.origin.as_ref().map_or_else(|| self.revision.to_string(), Origin::to_string)
    }

    /// Whether it is a follow-up that runs in place. It has no row of its own: when it ran, the row of its stub says so.
    #[must_use]
    pub fn is_follow_up(&self) -> bool {
        self.in_place.as_ref().is_some_and(|in_place| in_place.follows.is_some())
    }

    /// The name of its entries in the journal: what was begun in place goes on from a published file, and the reverse.
    pub(crate) fn journal_name(&self) -> RevisionId {
        let in_place = self.origin.as_ref().and_then(|origin| origin.in_place().ok());
        in_place.unwrap_or_else(|| self.revision.clone())
    }

    /// The key that orders migrations of one line.
    #[must_use]
    pub fn sort_key(&self) -> SortKey {
        SortKey::of(&self.stem)
    }
}
