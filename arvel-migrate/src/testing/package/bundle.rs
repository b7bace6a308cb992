//! A package with the packages that it needs, as declared and as compiled: what can be said before anything is written.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    error::{PackageError, PackageProblem, PackageStep},
    text::said,
};
use crate::{
    dsl::{Recorded, Schema},
    migration::{Body, Catalog, Migration, Origin, Registration, Source, const_stem},
    operation::canonical_text,
    publish::{Bundle, BundledStub, FileKind, StubOrigin, TablesTouched, bundled_from},
};

/// How often a body is asked. Two answers of one clock or of one map may agree by chance.
const ASKED: usize = 8;

/// A package, and what it needs.
pub(super) struct Package {
    /// Its name.
    pub(super) name: String,
    /// Its version.
    pub(super) version: String,
    /// Its stubs and those of the packages that it needs, in the order in which they are published.
    pub(super) stubs: Vec<BundledStub>,
    /// Each of them as the migration that is compiled in, or that its text is.
    pub(super) compiled: BTreeMap<Origin, Migration>,
}

impl Package {
    /// Of what this program links.
    pub(super) fn linked(name: &str) -> Result<Self, PackageError> {
        let bundles: Vec<Bundle> = inventory::iter::<Bundle>.into_iter().copied().collect();
        Self::of(name, &bundles, &Catalog::stubs())
    }

    /// Of some bundles and some compiled stubs.
    pub(super) fn of(
        name: &str,
        bundles: &[Bundle],
        compiled: &[&Registration],
    ) -> Result<Self, PackageError> {
        let failed = |problem| PackageError::new(name, PackageStep::Bundle, problem);
        let Some(own) = bundles.iter().find(|bundle| bundle.package == name) else {
            let linked: BTreeSet<&str> = bundles.iter().map(|bundle| bundle.package).collect();
            let linked = linked.into_iter().map(str::to_owned).collect();
            return Err(failed(PackageProblem::NotLinked { linked }));
        };
        let needed = needed(name, bundles);
        let stubs = bundled_from(&needed).map_err(|error| failed(PackageProblem::Bundle(error)))?;
        let mut package =
            Self { name: name.to_owned(), version: own.version.to_owned(), stubs, compiled: BTreeMap::new() };
        for stub in &mut package.stubs {
            let migration = migration(stub, &needed, compiled)
                .map_err(|problem| PackageError { stub: Some(stub.origin.clone()), ..failed(problem) })?;
            if let Body::Rust(up) = migration.up {
                stub.creates = TablesTouched::by(&Schema::record(up).operations).creates;
            }
            package.compiled.insert(stub.origin.clone(), migration);
        }
        Ok(package)
    }

    /// What a new application publishes: everything but the follow-ups, which are for files from older versions.
    pub(super) fn published(&self) -> impl Iterator<Item = &BundledStub> {
        self.stubs.iter().filter(|stub| stub.follows.is_none())
    }

    /// Its own follow-ups, in order.
    pub(super) fn follow_ups(&self) -> impl Iterator<Item = &BundledStub> {
        self.stubs.iter().filter(|stub| stub.follows.is_some() && self.owns(&stub.origin))
    }

    /// Whether a stub is one of its own.
    pub(super) fn owns(&self, origin: &Origin) -> bool {
        origin.package() == self.name
    }

    /// An error about a stub.
    pub(super) fn error(&self, origin: &Origin, step: PackageStep, problem: PackageProblem) -> PackageError {
        PackageError { stub: Some(origin.clone()), ..PackageError::new(&self.name, step, problem) }
    }

    /// Looks at each of its own stubs: at the text, and at what it records.
    pub(super) fn check_stubs(&self) -> Result<(), PackageError> {
        let mut tables: BTreeMap<&str, &Origin> = BTreeMap::new();
        for stub in &self.stubs {
            // The newer shape of a stub may hold what its follow-up makes.
            for table in stub.creates.iter().filter(|_| stub.follows.is_none()) {
                if let Some(other) = tables.insert(table, &stub.origin) {
                    let problem = PackageProblem::SameTable { table: table.clone(), other: other.clone() };
                    return Err(self.error(&stub.origin, PackageStep::Stub, problem));
                }
            }
            if self.owns(&stub.origin) {
                self.check(stub).map_err(|problem| self.error(&stub.origin, PackageStep::Stub, problem))?;
            }
        }
        Ok(())
    }

    fn check(&self, stub: &BundledStub) -> Result<(), PackageProblem> {
        if let Some(said) = (stub.kind == FileKind::Rust).then(|| said(&stub.text)).flatten() {
            return Err(PackageProblem::Here { said });
        }
        let Some(migration) = self.compiled.get(&stub.origin) else {
            return Err(PackageProblem::NotCompiled);
        };
        let bodies = [("up", Some(&migration.up)), ("down", migration.down.as_ref())];
        for (function, body) in bodies {
            let Some(Body::Rust(body)) = body else { continue };
            let record = || Schema::record_with(*body, &migration.reads, &migration.given);
            let first: Recorded = record();
            if let Some(mistake) = first.errors.first() {
                return Err(PackageProblem::Mistaken { function, mistake: mistake.to_string() });
            }
            let first = canonical_text(&first.operations);
            if (1..ASKED).any(|_| canonical_text(&record().operations) != first) {
                return Err(PackageProblem::Restless { function });
            }
        }
        Ok(())
    }
}

/// The bundles of a package and of the packages that it needs, at any distance. What is needed and not linked is for
/// the bundles' own check to tell.
fn needed(name: &str, bundles: &[Bundle]) -> Vec<Bundle> {
    let mut names: BTreeSet<&str> = BTreeSet::from([name]);
    let mut open = vec![name];
    while let Some(package) = open.pop() {
        let stubs = bundles.iter().filter(|bundle| bundle.package == package).flat_map(|bundle| bundle.stubs);
        for after in stubs.flat_map(|stub| stub.after) {
            if let StubOrigin::Elsewhere(origin) = after
                && let Some((other, _)) = origin.split_once('/')
                && names.insert(other)
            {
                open.push(other);
            }
        }
    }
    bundles.iter().filter(|bundle| names.contains(bundle.package)).copied().collect()
}

/// A stub as a migration.
fn migration(
    stub: &BundledStub,
    bundles: &[Bundle],
    compiled: &[&Registration],
) -> Result<Migration, PackageProblem> {
    let (package, name) = (stub.origin.package(), stub.origin.stub());
    let declared = bundles.iter().filter(|bundle| bundle.package == package);
    let declared = declared.flat_map(|bundle| bundle.stubs.iter().map(move |stub| (bundle, stub)));
    let Some((bundle, declared)) = declared.into_iter().find(|(_, declared)| declared.name == name) else {
        return Err(PackageProblem::NotCompiled);
    };
    let read = match stub.kind {
        FileKind::Rust => {
            let stem = const_stem(declared.path);
            let found = compiled.iter().find(|of| of.package == package && of.stem == stem);
            Migration::from_registration(found.ok_or(PackageProblem::NotCompiled)?)
        }
        FileKind::Sql => {
            let source = Source::Sql { text: declared.text };
            let registration =
                Registration::new(bundle.file, declared.name, "default", bundle.package, source);
            Migration::from_registration(&Registration { stub: true, ..registration })
        }
    };
    read.map_err(PackageProblem::Stub)
}
