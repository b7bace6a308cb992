//! What packages bring along: the `bundle!` declaration, and the sorted list of all stubs that the program links.
//!
//! `inventory` has no order, so [`bundled`] makes one: packages by what they come after, then by name; stubs of a
//! package by what they come after, then as declared. A bad or doubled name, an unknown `after` and a circle are
//! refused here, naming the package, so that nothing later has to ask.

use std::collections::{BTreeMap, BTreeSet};

use super::{Digest, FileKind, StubTextError, digest, order::order, published_text};
use crate::{
    dsl::Schema,
    migration::{Origin, Registration, Source},
    publish::tables_created,
};

/// All stubs of one package. Written by [`bundle!`](crate::bundle).
#[derive(Clone, Copy, Debug)]
pub struct Bundle {
    /// The crate, from its `CARGO_PKG_NAME`.
    pub package: &'static str,
    /// Its version.
    pub version: &'static str,
    /// `file!()` of the declaration.
    pub file: &'static str,
    /// The stubs as declared.
    pub stubs: &'static [Stub],
}

inventory::collect!(Bundle);

/// One declared stub.
#[derive(Clone, Copy, Debug)]
pub struct Stub {
    /// The name, which becomes the slug of the published file.
    pub name: &'static str,
    /// The path as declared.
    pub path: &'static str,
    /// The text of the file.
    pub text: &'static str,
    /// What comes before it.
    pub after: &'static [StubOrigin],
}

/// What a stub comes after, as it was written.
#[derive(Clone, Copy, Debug)]
pub enum StubOrigin {
    /// A stub of the same package.
    Here(&'static str),
    /// `package/stub`.
    Elsewhere(&'static str),
}

/// A stub that can be published, checked and in its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BundledStub {
    /// Package and stub.
    pub origin: Origin,
    /// The package's version.
    pub version: String,
    /// Rust or SQL.
    pub kind: FileKind,
    /// The text of the stub.
    pub text: String,
    /// What comes before it.
    pub after: Vec<Origin>,
    /// The digest of the text.
    pub digest: Digest,
    /// The tables that its `up` creates, when it is compiled in: another file that creates one of them is in the way.
    pub creates: Vec<String>,
}

/// A bundle that can not be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BundleError {
    /// A name that could not be part of a file name.
    #[error(
        "package `{package}` bundles `{stub}`, which is no stub name; `a-z`, `0-9`, `_` and `-` are allowed"
    )]
    BadName {
        /// The package.
        package: String,
        /// The stub as written.
        stub: String,
    },
    /// Two stubs of one name.
    #[error("package `{package}` bundles two stubs called `{stub}`")]
    Twice {
        /// The package.
        package: String,
        /// The stub.
        stub: String,
    },
    /// A stub after something that is not there.
    #[error("stub `{stub}` of package `{package}` comes after `{after}`, which no linked package bundles")]
    UnknownAfter {
        /// The package.
        package: String,
        /// The stub.
        stub: String,
        /// What it names.
        after: String,
    },
    /// Stubs or packages that wait for each other.
    #[error("the stubs of package `{package}` come after each other in a circle: {}", names.join(", "))]
    Circle {
        /// The (first) package.
        package: String,
        /// The stubs, or the packages, of the circle.
        names: Vec<String>,
    },
    /// A text that is no migration.
    #[error("stub `{stub}` of package `{package}` {problem}")]
    Text {
        /// The package.
        package: String,
        /// The stub.
        stub: String,
        /// What is wrong with it.
        problem: StubTextError,
    },
}

impl BundleError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            BundleError::BadName { .. } => "rename the stub in the package's `bundle!`".to_owned(),
            BundleError::Twice { .. } => "one name, one stub: rename one of them".to_owned(),
            BundleError::UnknownAfter { after, .. } => match after.split_once('/') {
                Some((package, _)) => {
                    format!(
                        "name the package once, so that it is linked: `use {} as _;`",
                        package.replace('-', "_")
                    )
                }
                None => "another package's stub is written `after [\"package/stub\"]`".to_owned(),
            },
            BundleError::Circle { .. } => "take one `after` out of the package's `bundle!`".to_owned(),
            BundleError::Text { .. } => "mend the stub in the package".to_owned(),
        }
    }
}

/// Every stub that the program links, in the order in which they are published.
///
/// # Errors
/// [`BundleError`] for a bundle that can not be used, naming its package.
pub fn bundled() -> Result<Vec<BundledStub>, BundleError> {
    let bundles: Vec<Bundle> = inventory::iter::<Bundle>.into_iter().copied().collect();
    let mut stubs = bundled_from(&bundles)?;
    let bodies: BTreeMap<(&str, &str), fn(&mut Schema)> = inventory::iter::<Registration>
        .into_iter()
        .filter(|registration| registration.stub)
        .filter_map(|registration| match registration.source {
            Source::Rust { up, .. } => Some(((registration.package, registration.stem), up)),
            _ => None,
        })
        .collect();
    let paths: BTreeMap<(&str, &str), &str> = bundles
        .iter()
        .flat_map(|bundle| bundle.stubs.iter().map(|stub| ((bundle.package, stub.name), stub.path)))
        .collect();
    for stub in &mut stubs {
        let path = paths.get(&(stub.origin.package(), stub.origin.stub())).copied().unwrap_or_default();
        if let Some(up) = bodies.get(&(stub.origin.package(), crate::migration::const_stem(path))) {
            stub.creates = tables_created(&Schema::record(*up).operations);
        }
    }
    Ok(stubs)
}

/// Checks and orders bundles: [`bundled`] without the registry.
///
/// # Errors
/// [`BundleError`] for a bundle that can not be used, naming its package.
pub fn bundled_from(bundles: &[Bundle]) -> Result<Vec<BundledStub>, BundleError> {
    let mut packages: BTreeMap<&str, Vec<&Bundle>> = BTreeMap::new();
    for bundle in bundles {
        packages.entry(bundle.package).or_default().push(bundle);
    }
    let mut stubs: BTreeMap<Origin, BundledStub> = BTreeMap::new();
    let mut places: BTreeMap<&str, Vec<Origin>> = BTreeMap::new();
    for (package, mut bundles) in packages {
        bundles.sort_by_key(|bundle| bundle.file);
        for (bundle, stub) in bundles.iter().flat_map(|b| b.stubs.iter().map(move |stub| (b, stub))) {
            let stub = read(bundle, stub)?;
            let origin = stub.origin.clone();
            places.entry(package).or_default().push(origin.clone());
            if stubs.insert(origin.clone(), stub).is_some() {
                return Err(BundleError::Twice {
                    package: package.to_owned(),
                    stub: origin.stub().to_owned(),
                });
            }
        }
    }
    for stub in stubs.values() {
        if let Some(after) = stub.after.iter().find(|after| !stubs.contains_key(after)) {
            let (package, name) = (stub.origin.package().to_owned(), stub.origin.stub().to_owned());
            let after = if after.package() == package { after.stub().to_owned() } else { after.to_string() };
            return Err(BundleError::UnknownAfter { package, stub: name, after });
        }
    }
    let mut sorted = Vec::with_capacity(stubs.len());
    for package in order_packages(&places, &stubs)? {
        for origin in order_stubs(package, &places[package], &stubs)? {
            sorted.extend(stubs.remove(&origin));
        }
    }
    Ok(sorted)
}

fn read(bundle: &Bundle, stub: &Stub) -> Result<BundledStub, BundleError> {
    let package = bundle.package.to_owned();
    let name = || stub.name.to_owned();
    let origin = Origin::new(bundle.package, stub.name)
        .map_err(|_| BundleError::BadName { package: package.clone(), stub: name() })?;
    let after = stub.after.iter().map(|after| match after {
        StubOrigin::Here(other) => Origin::new(bundle.package, other).map_err(|_| (*other).to_owned()),
        StubOrigin::Elsewhere(origin) => origin.parse().map_err(|_| (*origin).to_owned()),
    });
    let after = after
        .collect::<Result<Vec<Origin>, String>>()
        .map_err(|after| BundleError::UnknownAfter { package: package.clone(), stub: name(), after })?;
    let kind = FileKind::of_name(stub.path).unwrap_or(FileKind::Rust);
    let stub_value = BundledStub {
        origin,
        version: bundle.version.to_owned(),
        kind,
        text: stub.text.to_owned(),
        after,
        digest: digest(kind, stub.text),
        creates: Vec::new(),
    };
    match published_text(&stub_value, None) {
        Ok(_) => Ok(stub_value),
        Err(problem) => Err(BundleError::Text { package, stub: name(), problem }),
    }
}

fn order_packages<'a>(
    places: &BTreeMap<&'a str, Vec<Origin>>,
    stubs: &BTreeMap<Origin, BundledStub>,
) -> Result<Vec<&'a str>, BundleError> {
    let after = |package: &str, origins: &[Origin]| -> BTreeSet<&'a str> {
        let named = origins.iter().flat_map(|origin| &stubs[origin].after).map(Origin::package);
        named
            .filter(|other| *other != package)
            .filter_map(|other| places.get_key_value(other).map(|(key, _)| *key))
            .collect()
    };
    let waits = places.iter().map(|(package, origins)| (*package, after(package, origins))).collect();
    order(&waits).map_err(|names| BundleError::Circle {
        package: names.first().copied().unwrap_or_default().to_owned(),
        names: names.into_iter().map(str::to_owned).collect(),
    })
}

fn order_stubs(
    package: &str,
    origins: &[Origin],
    stubs: &BTreeMap<Origin, BundledStub>,
) -> Result<Vec<Origin>, BundleError> {
    let place: BTreeMap<&Origin, usize> = origins.iter().enumerate().map(|(i, origin)| (origin, i)).collect();
    let waits = origins
        .iter()
        .enumerate()
        .map(|(i, origin)| (i, stubs[origin].after.iter().filter_map(|o| place.get(o).copied()).collect()))
        .collect();
    match order(&waits) {
        Ok(order) => Ok(order.into_iter().map(|i| origins[i].clone()).collect()),
        Err(circle) => Err(BundleError::Circle {
            package: package.to_owned(),
            names: circle.into_iter().map(|i| origins[i].stub().to_owned()).collect(),
        }),
    }
}

/// Whether a text ends with another, in a constant.
#[doc(hidden)]
#[must_use]
pub const fn const_ends_with(text: &str, end: &str) -> bool {
    let (text, end) = (text.as_bytes(), end.as_bytes());
    if text.len() < end.len() {
        return false;
    }
    let mut i = 0;
    while i < end.len() {
        if text[text.len() - end.len() + i] != end[i] {
            return false;
        }
        i += 1;
    }
    true
}

/// Whether a path is a Rust file in a folder called `stubs`: elsewhere it would register as a migration of the program.
#[doc(hidden)]
#[must_use]
pub const fn const_is_stub_path(path: &str) -> bool {
    const_ends_with(path, ".rs") && crate::migration::const_folder_is_stubs(path)
}

#[cfg(test)]
mod tests {
    use super::*;

    const fn stub(name: &'static str, after: &'static [StubOrigin]) -> Stub {
        Stub { name, path: "stubs/x.rs", text: "migration! { up, down }", after }
    }

    const fn bundle(package: &'static str, stubs: &'static [Stub]) -> Bundle {
        Bundle { package, version: "0.1.0", file: "src/lib.rs", stubs }
    }

    fn names(bundles: &[Bundle]) -> Result<Vec<String>, BundleError> {
        Ok(bundled_from(bundles)?.into_iter().map(|stub| stub.origin.to_string()).collect())
    }

    use StubOrigin::{Elsewhere, Here};
    const AUTH: Bundle = bundle(
        "zz-auth",
        &[stub("tokens", &[Here("users")]), stub("users", &[]), stub("b", &[]), stub("a", &[])],
    );
    const MEDIA: Bundle = bundle("media", &[stub("media", &[Elsewhere("zz-auth/users")])]);
    const AUDIT: Bundle = bundle("audit", &[stub("entries", &[])]);

    #[test]
    fn packages_by_dependency_then_name_stubs_by_after_then_as_declared() {
        let expected =
            ["audit/entries", "zz-auth/users", "zz-auth/tokens", "zz-auth/b", "zz-auth/a", "media/media"];
        assert_eq!(names(&[MEDIA, AUTH, AUDIT]).expect("sorted"), expected);
        assert_eq!(names(&[AUDIT, AUTH, MEDIA]).expect("sorted"), expected);
    }

    #[test]
    fn mistakes_name_the_package() {
        const CASES: [(&[Bundle], &str); 7] = [
            (
                &[bundle("p", &[stub("Bad", &[])])],
                "package `p` bundles `Bad`, which is no stub name; `a-z`, `0-9`, `_` and `-` are allowed",
            ),
            (&[bundle("p", &[stub("a", &[]), stub("a", &[])])], "package `p` bundles two stubs called `a`"),
            (
                &[MEDIA],
                "stub `media` of package `media` comes after `zz-auth/users`, which no linked package bundles",
            ),
            (
                &[bundle("p", &[stub("a", &[Here("c")])])],
                "stub `a` of package `p` comes after `c`, which no linked package bundles",
            ),
            (
                &[bundle("p", &[stub("a", &[Here("b")]), stub("b", &[Here("a")]), stub("c", &[])])],
                "the stubs of package `p` come after each other in a circle: a, b",
            ),
            (
                &[
                    bundle("p", &[stub("a", &[Elsewhere("q/a")])]),
                    bundle("q", &[stub("a", &[Elsewhere("p/a")])]),
                ],
                "the stubs of package `p` come after each other in a circle: p, q",
            ),
            (
                &[bundle("p", &[Stub { name: "a", path: "stubs/a.rs", text: "fn up() {}", after: &[] }])],
                "stub `a` of package `p` has no `migration! { up, down }` at its top level",
            ),
        ];
        for (bundles, message) in CASES {
            let error = names(bundles).expect_err(message);
            assert_eq!(error.to_string(), message);
            assert!(!error.hint().is_empty());
        }
    }

    #[test]
    fn paths_of_stubs() {
        assert!(const_is_stub_path("stubs/a.rs") && const_is_stub_path("../stubs/a.rs"));
        assert!(
            !const_is_stub_path("stubs/a.sql") && !const_is_stub_path("a.rs") && !const_is_stub_path("rs")
        );
    }
}
