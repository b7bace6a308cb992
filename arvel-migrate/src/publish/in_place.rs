//! Packages whose migrations run without being published: their stubs as migrations of the program.
//!
//! A stub joins the graph with an identity that publishing keeps: its origin. So one that a file carries already is left
//! out here, and what history knows under the origin is applied, whichever of the two forms ran. The order is that of
//! publication: each follows the stub before it. Nothing is read from a disk, and nothing runs.

use std::{
    collections::{BTreeMap, BTreeSet},
    path::{Path, PathBuf},
    sync::Arc,
};

use arvel_core::Exit;

use super::{
    Bundle, BundleError, BundledStub, FileKind, Follows, OwnPlace, Stub, Version, bundled_from,
    published_text,
};
use crate::{
    graph::nearest,
    migration::{
        Catalog, CatalogError, Checksum, Dependency, LineName, Migration, NameError, Origin, Parents,
        Registration, RevisionId, Source, const_stem, tidy,
    },
};

/// What is known of a migration because it runs in place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InPlace {
    /// The version of its package: its row says which text it has.
    pub version: Version,
    /// Of a follow-up, which rows it is for.
    pub follows: Option<Follows>,
}

/// Why a package can not run in place.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InPlaceError {
    /// A package that registers nothing.
    #[error("no linked package is called `{package}`; registered: {}", list(registered))]
    UnknownPackage {
        /// The name as written.
        package: String,
        /// The packages that bundle migrations.
        registered: Vec<String>,
    },
    /// A bundle that can not be used.
    #[error(transparent)]
    Bundle(#[from] BundleError),
    /// A stub that is no migration.
    #[error("stub `{origin}`: {error}")]
    Stub {
        /// Package and stub.
        origin: Origin,
        /// What is wrong with it.
        error: Box<CatalogError>,
    },
    /// A stub whose names make no revision.
    #[error("stub `{origin}` can not run in place: {error}")]
    Name {
        /// Package and stub.
        origin: Origin,
        /// Why not.
        error: NameError,
    },
    /// A stub whose text is in the program, and whose functions are not.
    #[error("stub `{origin}` is not compiled in")]
    NotCompiled {
        /// Package and stub.
        origin: Origin,
    },
    /// A follow-up of which there is a file, while the stub that it follows runs in place.
    #[error(
        "a file carries `{origin}`, and `{stub}`, which it follows, runs in place: a new database would have the change twice"
    )]
    FollowUpAlone {
        /// The follow-up.
        origin: Origin,
        /// The stub.
        stub: Origin,
    },
    /// Two stubs that would have one revision.
    #[error("stubs `{first}` and `{second}` would both be the revision `{revision}`")]
    OneRevision {
        /// One stub.
        first: Origin,
        /// The other.
        second: Origin,
        /// What both names make.
        revision: RevisionId,
    },
}

impl InPlaceError {
    /// A stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            InPlaceError::UnknownPackage { .. } => "in_place.unknown_package",
            InPlaceError::Bundle(_) => "publish.bundle",
            InPlaceError::Stub { error, .. } => error.code(),
            InPlaceError::Name { .. } => "in_place.name",
            InPlaceError::NotCompiled { .. } => "in_place.not_compiled",
            InPlaceError::FollowUpAlone { .. } => "in_place.follow_up_alone",
            InPlaceError::OneRevision { .. } => "in_place.one_revision",
        }
    }

    /// What to do, ready to be pasted.
    #[must_use]
    pub fn hint(&self) -> String {
        let publish =
            |origin: &Origin| format!("publish it instead: `db publish --package {}`", origin.package());
        match self {
            InPlaceError::UnknownPackage { package, registered } => link(package, registered),
            InPlaceError::Bundle(error) => error.hint(),
            InPlaceError::Stub { error, .. } => {
                error.hint().unwrap_or_else(|| "mend the stub in its package".to_owned())
            }
            InPlaceError::Name { origin, .. } | InPlaceError::OneRevision { second: origin, .. } => {
                publish(origin)
            }
            InPlaceError::FollowUpAlone { origin, stub } => format!(
                "put the file of `{stub}` back; or remove the file of `{origin}`, which then runs in place where it is needed"
            ),
            InPlaceError::NotCompiled { .. } => {
                "the stub's file says `migration! { up, down }`, and its package lists it in `bundle!`"
                    .to_owned()
            }
        }
    }

    /// The exit code: 3 for a package that is not there, 1 for a bundle that can not be used, else 4.
    pub fn exit(&self) -> Exit {
        match self {
            InPlaceError::UnknownPackage { .. } => Exit::CONFIGURATION,
            InPlaceError::Bundle(_) => Exit::FAILED,
            InPlaceError::Stub { error, .. } => error.exit(),
            _ => Exit::GRAPH,
        }
    }
}

/// How a package that nobody knows becomes known.
pub(crate) fn link(package: &str, registered: &[String]) -> String {
    let linked = format!(
        "a package that is only a line in Cargo.toml is never linked and registers nothing; name it once: `use {} as _;`",
        package.replace('-', "_")
    );
    match nearest(package, registered.iter().map(String::as_str)).first() {
        Some(near) => format!("did you mean `{near}`? {linked}"),
        None => linked,
    }
}

/// Names, or `none`.
pub(crate) fn list(names: &[String]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

/// The packages that bundle migrations, sorted.
#[must_use]
pub fn packages() -> Vec<String> {
    let names: BTreeSet<&str> = inventory::iter::<Bundle>.into_iter().map(|bundle| bundle.package).collect();
    names.into_iter().map(str::to_owned).collect()
}

/// The stubs of these packages as migrations, to be added to the program's own with
/// [`Catalog::with`](crate::migration::Catalog::with), or by [`Catalog::in_place`]. Those whose origin a migration of
/// `beside` carries are left out: they are published.
///
/// ```
/// use arvel_migrate::{migration::Catalog, publish};
///
/// let own = Catalog::compiled()?;
/// let bundled = publish::in_place(&["arvel-auth"], &own);
/// # assert_eq!(bundled.err().map(|error| error.code()), Some("in_place.unknown_package"));
/// # Ok::<(), arvel_migrate::migration::CatalogError>(())
/// ```
///
/// # Errors
/// [`InPlaceError`] for a package that the program does not link, and for stubs that can not be used.
pub fn in_place(packages: &[impl AsRef<str>], beside: &Catalog) -> Result<Vec<Migration>, InPlaceError> {
    if packages.is_empty() {
        return Ok(Vec::new());
    }
    let bundles: Vec<Bundle> = inventory::iter::<Bundle>.into_iter().copied().collect();
    let mut published = Published::new();
    for migration in beside.migrations() {
        if let Some(origin) = &migration.origin {
            published.entry(origin.clone()).or_default().push(Arc::clone(migration));
        }
    }
    let packages: Vec<&str> = packages.iter().map(AsRef::as_ref).collect();
    in_place_from(&bundles, inventory::iter::<Registration>(), &packages, &published)
}

impl Catalog {
    /// Together with the stubs of packages that run without being published; those whose origin a migration of this catalog
    /// carries are left out. For programs that put a [`Migrator`](crate::Migrator) together by hand;
    /// `[plugins.<package>] migrations = "in-place"` says the same in the configuration.
    ///
    /// # Errors
    /// [`InPlaceError`], and [`CatalogError::DuplicateRevision`].
    pub fn in_place(self, packages: &[impl AsRef<str>]) -> Result<Self, crate::Error> {
        let more = in_place(packages, &self)?;
        Ok(self.with(more)?)
    }
}

/// The origins that files carry.
type Published = BTreeMap<Origin, Vec<Arc<Migration>>>;

/// [`in_place`] without the registry.
fn in_place_from<'a>(
    bundles: &[Bundle],
    registrations: impl IntoIterator<Item = &'a Registration>,
    packages: &[&str],
    published: &Published,
) -> Result<Vec<Migration>, InPlaceError> {
    let registered: BTreeSet<&str> = bundles.iter().map(|bundle| bundle.package).collect();
    if let Some(unknown) = packages.iter().find(|package| !registered.contains(*package)) {
        return Err(InPlaceError::UnknownPackage {
            package: (*unknown).to_owned(),
            registered: registered.into_iter().map(str::to_owned).collect(),
        });
    }
    let stubs = bundled_from(bundles)?;
    let bodies: BTreeMap<(&str, PathBuf), &Registration> = registrations
        .into_iter()
        .filter(|registration| registration.stub && packages.contains(&registration.package))
        .map(|registration| ((registration.package, tidy(Path::new(registration.file))), registration))
        .collect();
    let declared: BTreeMap<(&str, &str), (&Bundle, &Stub)> = bundles
        .iter()
        .flat_map(|bundle| bundle.stubs.iter().map(move |stub| ((bundle.package, stub.name), (bundle, stub))))
        .collect();
    let mut joined: Vec<Migration> = Vec::new();
    for package in packages.iter().collect::<BTreeSet<_>>() {
        let mut before: BTreeMap<String, Before> = BTreeMap::new();
        // Stubs whose file has another text than the package today: their follow-ups are the publisher's affair.
        let mut otherwise: BTreeSet<&Origin> = BTreeSet::new();
        for stub in stubs.iter().filter(|stub| stub.origin.package() == *package) {
            let carried = published.get(&stub.origin);
            if let Some(follows) = &stub.follows {
                if carried.is_some() && !published.contains_key(&follows.stub) {
                    let (origin, stub) = (stub.origin.clone(), follows.stub.clone());
                    return Err(InPlaceError::FollowUpAlone { origin, stub });
                }
                if carried.is_some() || otherwise.contains(&follows.stub) {
                    continue;
                }
            }
            let Some(declared) = declared.get(&(*package, stub.origin.stub())) else { continue };
            let migration = migration(stub, *declared, &bodies)?;
            match carried {
                Some(files) => {
                    let today = Checksum::of(&migration);
                    if files.iter().any(|file| Checksum::of(file) != today) {
                        otherwise.insert(&stub.origin);
                    }
                    for file in files {
                        let before = before.entry(file.database_name().to_owned()).or_default();
                        before.published = Some(stub.origin.clone());
                    }
                }
                None => {
                    let before = before.entry(migration.database_name().to_owned()).or_default();
                    joined.push(before.place(migration, stub));
                }
            }
        }
    }
    refuse_one_revision(&joined)?;
    Ok(joined)
}

/// What the next stub of a package comes after, in one database.
#[derive(Default)]
struct Before {
    in_place: Option<RevisionId>,
    /// By stub, itself or the last of its follow-ups.
    ends: BTreeMap<Origin, RevisionId>,
    /// The stub right before, when a file carries it.
    published: Option<Origin>,
}

impl Before {
    /// A stub in its place: behind the one before it, and behind what it names.
    fn place(&mut self, migration: Migration, stub: &BundledStub) -> Migration {
        let mut depends_on = migration.depends_on;
        let published = if stub.follows.is_some() { None } else { self.published.take() };
        for origin in stub.depends_on.iter().cloned().chain(published) {
            let dependency = Dependency::Origin(origin);
            if !depends_on.contains(&dependency) {
                depends_on.push(dependency);
            }
        }
        let before = match &stub.follows {
            // Beside the line, behind the stub and the follow-ups before it: nothing of the line waits for it. It stays where
            // the stub is published in the shape of today, for a database where an older one ran in place.
            Some(follows) => self.ends.insert(follows.stub.clone(), migration.revision.clone()),
            None => {
                self.ends.insert(stub.origin.clone(), migration.revision.clone());
                self.in_place.replace(migration.revision.clone())
            }
        };
        let parents = before.map_or(Parents::Root, |before| Parents::Of(vec![before]));
        Migration { depends_on, parents, ..migration }
    }
}

/// A stub as a migration, without its place.
fn migration(
    stub: &BundledStub,
    (bundle, declared): (&Bundle, &Stub),
    bodies: &BTreeMap<(&str, PathBuf), &Registration>,
) -> Result<Migration, InPlaceError> {
    let origin = &stub.origin;
    let revision = origin.in_place().map_err(|error| InPlaceError::Name { origin: origin.clone(), error })?;
    let file = tidy(&Path::new(bundle.file).parent().unwrap_or(Path::new("")).join(declared.path));
    let registration = match stub.kind {
        FileKind::Rust => **bodies
            .get(&(bundle.package, file))
            .ok_or_else(|| InPlaceError::NotCompiled { origin: origin.clone() })?,
        FileKind::Sql => Registration {
            listed: declared.path,
            ..Registration::new(
                bundle.file,
                const_stem(declared.path),
                "",
                bundle.package,
                Source::Sql { text: declared.text },
            )
        },
    };
    let migration = Migration::from_registration(&registration)
        .map_err(|error| InPlaceError::Stub { origin: origin.clone(), error: Box::new(error) })?;
    // What reads the command line is checked by its text: that of the published file, so that both have one checksum.
    let text = match (stub.kind, migration.reads.is_empty()) {
        (FileKind::Rust, false) => published_text(stub, &OwnPlace::default()).ok().map(Arc::from),
        _ => migration.text,
    };
    Ok(Migration {
        revision,
        stem: origin.stub().replace('-', "_"),
        line: LineName::of_package(bundle.package),
        origin: Some(origin.clone()),
        in_place: Some(InPlace { version: stub.version.clone(), follows: stub.follows.clone() }),
        text,
        ..migration
    })
}

/// `a/b_c` and `a-b/c` are one name.
fn refuse_one_revision(migrations: &[Migration]) -> Result<(), InPlaceError> {
    let mut known: BTreeMap<(&RevisionId, &str), &Migration> = BTreeMap::new();
    for migration in migrations {
        let Some(first) = known.insert((&migration.revision, migration.database_name()), migration) else {
            continue;
        };
        if let (Some(first), Some(second)) = (&first.origin, &migration.origin) {
            return Err(InPlaceError::OneRevision {
                first: first.clone(),
                second: second.clone(),
                revision: migration.revision.clone(),
            });
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "in_place_tests.rs"]
mod tests;
