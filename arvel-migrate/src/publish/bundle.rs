//! What packages bring along: the `bundle!` declaration, and the sorted list of all stubs that the program links.
//!
//! `inventory` has no order, so [`bundled`] makes one: packages by what they come after, then by name; stubs of a
//! package by what they come after, then as declared; follow-ups of one stub by their versions. A bad or doubled name,
//! an unknown `after` and a circle are refused here, naming the package, so that nothing later has to ask.

use std::collections::{BTreeMap, BTreeSet};

use semver::Version;

use super::{
    BundleError, BundledStub, FileKind, Follows, OwnPlace, TablesTouched, digest, header::body, order::order,
};
use crate::{
    dsl::Schema,
    migration::{Origin, Registration, Source},
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
    /// The stub of the same package that it brings to the shape of a version.
    pub follows: Option<StubFollows>,
    /// Texts that older versions of the package had.
    pub former: &'static [&'static str],
}

/// `follows create_users_table since "0.2.0"`.
#[derive(Clone, Copy, Debug)]
pub struct StubFollows {
    /// The stub.
    pub stub: &'static str,
    /// The version.
    pub since: &'static str,
}

/// What a stub comes after, as it was written.
#[derive(Clone, Copy, Debug)]
pub enum StubOrigin {
    /// A stub of the same package.
    Here(&'static str),
    /// `package/stub`.
    Elsewhere(&'static str),
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
            stub.creates = TablesTouched::by(&Schema::record(*up).operations).creates;
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
    check_names(&stubs)?;
    for origin in stubs.keys().cloned().collect::<Vec<_>>() {
        let depends_on = depends_on(&stubs[&origin], &stubs);
        if let Some(stub) = stubs.get_mut(&origin) {
            complete(stub, depends_on)?;
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

/// What is declared, with names that are read and not yet looked up.
fn read(bundle: &Bundle, stub: &Stub) -> Result<BundledStub, BundleError> {
    let package = bundle.package.to_owned();
    let name = || stub.name.to_owned();
    let origin = Origin::new(bundle.package, stub.name)
        .map_err(|_| BundleError::BadName { package: package.clone(), stub: name() })?;
    let version = |text: &str| {
        Version::parse(text).map_err(|_| BundleError::Version {
            package: package.clone(),
            stub: name(),
            version: text.to_owned(),
        })
    };
    let after = stub.after.iter().map(|after| match after {
        StubOrigin::Here(other) => Origin::new(bundle.package, other).map_err(|_| (*other).to_owned()),
        StubOrigin::Elsewhere(origin) => origin.parse().map_err(|_| (*origin).to_owned()),
    });
    let mut after = after
        .collect::<Result<Vec<Origin>, String>>()
        .map_err(|after| BundleError::UnknownAfter { package: package.clone(), stub: name(), after })?;
    let own = version(bundle.version)?;
    let follows = stub.follows.map(|follows| {
        let unknown = |_| BundleError::UnknownFollows {
            package: package.clone(),
            stub: name(),
            follows: follows.stub.to_owned(),
        };
        let (stub, since) =
            (Origin::new(bundle.package, follows.stub).map_err(unknown)?, version(follows.since)?);
        // While a version is prepared it is called `0.2.0-rc.1`, and its stub has the shape of 0.2.0 already.
        if Version::new(since.major, since.minor, since.patch) > Version::new(own.major, own.minor, own.patch)
        {
            let (since, version) = (since.to_string(), own.to_string());
            return Err(BundleError::SinceLater { package: package.clone(), stub: name(), since, version });
        }
        Ok(Follows { stub, since })
    });
    let follows = follows.transpose()?;
    if let Some(follows) = follows.as_ref().filter(|follows| !after.contains(&follows.stub)) {
        after.insert(0, follows.stub.clone());
    }
    let kind = FileKind::of_name(stub.path).unwrap_or(FileKind::Rust);
    Ok(BundledStub {
        digest: digest(kind, stub.text),
        origin,
        version: own,
        kind,
        text: stub.text.to_owned(),
        after,
        depends_on: Vec::new(),
        creates: TablesTouched::in_text(kind, stub.text).creates,
        follows,
        former: stub.former.iter().map(|text| (*text).to_owned()).collect(),
    })
}

fn check_names(stubs: &BTreeMap<Origin, BundledStub>) -> Result<(), BundleError> {
    for stub in stubs.values() {
        let (package, name) = (stub.origin.package().to_owned(), stub.origin.stub().to_owned());
        if let Some(follows) = stub.follows.as_ref().filter(|follows| !stubs.contains_key(&follows.stub)) {
            let follows = follows.stub.stub().to_owned();
            return Err(BundleError::UnknownFollows { package, stub: name, follows });
        }
        if let Some(after) = stub.after.iter().find(|after| !stubs.contains_key(after)) {
            let after = if after.package() == package { after.stub().to_owned() } else { after.to_string() };
            return Err(BundleError::UnknownAfter { package, stub: name, after });
        }
    }
    Ok(())
}

/// What the published file names. Not every application has a follow-up, so the stub that it follows stands for it.
fn depends_on(stub: &BundledStub, stubs: &BTreeMap<Origin, BundledStub>) -> Vec<Origin> {
    let mut named: Vec<Origin> = Vec::new();
    for after in &stub.after {
        let mut origin = after;
        // A circle of follow-ups ends here, and is refused when they are ordered.
        for _ in 0..stubs.len() {
            match stubs.get(origin).and_then(|stub| stub.follows.as_ref()) {
                Some(follows) => origin = &follows.stub,
                None => break,
            }
        }
        // A follow-up of a follow-up names the one that it follows: it is published only where that one is.
        let origin =
            if stub.follows.as_ref().is_some_and(|follows| follows.stub == *after) { after } else { origin };
        if !named.contains(origin) {
            named.push(origin.clone());
        }
    }
    named
}

/// Checks the texts, and digests the one of now as it is published.
fn complete(stub: &mut BundledStub, depends_on: Vec<Origin>) -> Result<(), BundleError> {
    let names = || (stub.origin.package().to_owned(), stub.origin.stub().to_owned());
    let of = |text: &str| body(stub.kind, text, &stub.origin, &depends_on, &OwnPlace::default());
    let text = of(&stub.text).map_err(|problem| {
        let (package, stub) = names();
        BundleError::Text { package, stub, problem }
    })?;
    if let Some(problem) = stub.former.iter().find_map(|text| of(text).err()) {
        let (package, stub) = names();
        return Err(BundleError::Former { package, stub, problem });
    }
    stub.digest = digest(stub.kind, &text);
    stub.depends_on = depends_on;
    Ok(())
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
        .map(|(i, origin)| {
            let stub = &stubs[origin];
            let after = stub.after.iter().filter_map(|before| place.get(before).copied());
            let earlier = origins.iter().enumerate().filter(|(_, other)| is_earlier(&stubs[*other], stub));
            (i, after.chain(earlier.map(|(i, _)| i)).collect())
        })
        .collect();
    match order(&waits) {
        Ok(order) => Ok(order.into_iter().map(|i| origins[i].clone()).collect()),
        Err(circle) => Err(BundleError::Circle {
            package: package.to_owned(),
            names: circle.into_iter().map(|i| origins[i].stub().to_owned()).collect(),
        }),
    }
}

/// Whether one is a follow-up of the same stub, for an earlier version.
fn is_earlier(one: &BundledStub, other: &BundledStub) -> bool {
    match (&one.follows, &other.follows) {
        (Some(one), Some(other)) => one.stub == other.stub && one.since < other.since,
        _ => false,
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
#[path = "bundle_tests.rs"]
mod tests;
