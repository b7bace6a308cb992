//! How each package stands in an application: what of it is published, applied, edited, outdated. A value; nothing is read.
//!
//! What can not be known is unknown, and never a zero: a release binary without its folder has no texts to compare.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, Serializer};

use super::{
    AppliedOrigins, BundledStub, Decision, ExistingFile, PlanError, PublishOptions, PublishState,
    plan_publish,
};
use crate::{migration::Origin, project::Stamp};

/// What there is of published files.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The files of the folder; `None` where there is no folder to read.
    pub files: Option<&'a [ExistingFile]>,
    /// The origins that the program knows beside these files, each with its file: their texts are not known.
    pub compiled: &'a BTreeMap<Origin, String>,
}

/// How one stub stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct StubState {
    /// Package and stub.
    #[serde(serialize_with = "as_text")]
    pub origin: Origin,
    /// How it and the folder stand to each other; `None` when it is published and its text is not known.
    pub state: Option<PublishState>,
    /// Its file, when it is published.
    pub file: Option<String>,
    /// Whether it is applied; `None` when no database was asked, or none answered.
    pub applied: Option<bool>,
}

/// How one package stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PackageState {
    /// The package.
    pub package: String,
    /// Its version.
    pub version: String,
    /// Its stubs, in the order of publication.
    pub stubs: Vec<StubState>,
}

impl StubState {
    fn of(decision: &Decision) -> Self {
        let file = decision.current.is_some() || decision.state == PublishState::Duplicate;
        Self {
            origin: decision.origin.clone(),
            state: Some(decision.state),
            file: decision.file.clone().filter(|_| file),
            applied: decision.applied,
        }
    }

    /// Whether a file carries its origin.
    #[must_use]
    pub fn is_published(&self) -> bool {
        self.file.is_some()
    }
}

impl PackageState {
    /// The packages of decisions, in their order.
    #[must_use]
    pub fn of_decisions(decisions: &[Decision]) -> Vec<Self> {
        let mut packages: Vec<Self> = Vec::new();
        for decision in decisions {
            let name = decision.origin.package();
            let at = packages.iter().position(|of| of.package == name).unwrap_or_else(|| {
                let (package, version) = (name.to_owned(), decision.version.clone());
                packages.push(Self { package, version, stubs: Vec::new() });
                packages.len() - 1
            });
            packages[at].stubs.push(StubState::of(decision));
        }
        packages
    }

    /// How many stubs a file carries.
    #[must_use]
    pub fn published(&self) -> usize {
        self.stubs.iter().filter(|stub| stub.is_published()).count()
    }

    /// How many are meant to be published: all but the follow-ups that nobody needs, and what runs in place.
    #[must_use]
    pub fn publishable(&self) -> usize {
        use PublishState::{InPlace, NotNeeded};
        self.stubs.iter().filter(|stub| !matches!(stub.state, Some(NotNeeded | InPlace))).count()
    }

    /// Whether any of it runs in place.
    #[must_use]
    pub fn is_in_place(&self) -> bool {
        self.stubs.iter().any(|stub| stub.state == Some(PublishState::InPlace))
    }

    /// The stubs that no file carries, and that a publish would write, or a person would have to decide about.
    pub fn unpublished(&self) -> impl Iterator<Item = &StubState> {
        self.stubs
            .iter()
            .filter(|stub| matches!(stub.state, Some(PublishState::New | PublishState::NameTaken)))
    }

    /// How many are applied; `None` when that is not known.
    #[must_use]
    pub fn applied(&self) -> Option<usize> {
        let each: Option<Vec<bool>> = self.stubs.iter().map(|stub| stub.applied).collect();
        Some(each?.into_iter().filter(|applied| *applied).count())
    }

    /// How many files their owner changed; `None` where a text is not known.
    #[must_use]
    pub fn edited(&self) -> Option<usize> {
        self.count(&[PublishState::Edited, PublishState::Diverged])
    }

    /// How many files the package has a newer text for, that they have not got in another way; `None` where a text is
    /// not known.
    #[must_use]
    pub fn outdated(&self) -> Option<usize> {
        self.count(&[PublishState::Outdated, PublishState::Diverged])
    }

    fn count(&self, wanted: &[PublishState]) -> Option<usize> {
        let states: Option<Vec<PublishState>> = self.stubs.iter().map(|stub| stub.state).collect();
        Some(states?.iter().filter(|state| wanted.contains(state)).count())
    }
}

/// The state of every package that bundles migrations, in the order of publication. `in_place` are the packages that run so.
///
/// # Errors
/// [`PlanError`] for a stub that is no migration.
pub fn package_states(
    bundled: &[BundledStub],
    found: Found<'_>,
    applied: &AppliedOrigins,
    in_place: &BTreeSet<String>,
) -> Result<Vec<PackageState>, PlanError> {
    let mut options = PublishOptions::all(Stamp::from_unix(0));
    options.applied = applied.clone();
    options.in_place = in_place.clone();
    let plan = plan_publish(bundled, found.files.unwrap_or_default(), &options)?;
    let mut packages = PackageState::of_decisions(&plan.decisions);
    for stub in packages.iter_mut().flat_map(|package| &mut package.stubs) {
        if let Some(file) = found.compiled.get(&stub.origin).filter(|_| !stub.is_published()) {
            (stub.state, stub.file) = (None, Some(file.clone()));
        }
    }
    Ok(packages)
}

fn as_text<S: Serializer>(origin: &Origin, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(origin)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::{FileKind, OwnPlace, header::tests::stub, published_text};

    const UP: &str = "migration! { up, down }\nfn up(schema: &mut Schema) { one(); }\n";

    fn stubs(text: &str) -> Vec<BundledStub> {
        let names = ["auth/users", "auth/tokens", "auth/resets", "media/media"];
        names.iter().map(|name| stub(name, FileKind::Rust, text)).collect()
    }

    fn file(stub: &BundledStub, edit: bool) -> ExistingFile {
        let text = published_text(stub, &OwnPlace::default()).unwrap();
        let text = if edit { text.replace("();", "(); mine();") } else { text };
        ExistingFile::read(&format!("1_{}.rs", stub.origin.stub()), &text).unwrap()
    }

    type Sums<'a> = (&'a str, usize, usize, Option<usize>, Option<usize>, Option<usize>);

    fn sums(packages: &[PackageState]) -> Vec<Sums<'_>> {
        let sums =
            |of: &PackageState| (of.published(), of.publishable(), of.applied(), of.edited(), of.outdated());
        let each = packages.iter().map(|of| (of.package.as_str(), sums(of)));
        each.map(|(name, (published, all, applied, edited, outdated))| {
            (name, published, all, applied, edited, outdated)
        })
        .collect()
    }

    #[test]
    fn what_is_known_is_counted_and_the_rest_is_unknown() {
        let (old, new) = (stubs(UP), stubs(&UP.replace("one", "two")));
        let files = [file(&new[0], true), file(&old[1], false)];
        let compiled = BTreeMap::new();
        let applied = AppliedOrigins::Known(["auth/users".parse().unwrap()].into());
        let nowhere = BTreeSet::new();
        let with = |files, applied: &AppliedOrigins, in_place: &BTreeSet<String>| {
            package_states(&new, Found { files, compiled: &compiled }, applied, in_place).unwrap()
        };
        let all = with(Some(&files), &applied, &nowhere);
        assert_eq!(
            sums(&all),
            [("auth", 2, 3, Some(1), Some(1), Some(1)), ("media", 0, 1, Some(0), Some(0), Some(0))]
        );
        assert_eq!(all[0].unpublished().count(), 1);
        assert_eq!(all[0].stubs[2].file, None, "where it would be written is no file of it");
        // Nobody was asked.
        assert_eq!(with(Some(&files), &AppliedOrigins::Unknown, &nowhere)[0].applied(), None);
        // What runs in place is not missing.
        let in_place = with(Some(&files), &applied, &BTreeSet::from(["media".to_owned()]));
        assert!(in_place[1].is_in_place());
        assert_eq!((in_place[1].publishable(), in_place[1].unpublished().count()), (0, 0));
    }

    #[test]
    fn without_a_folder_the_texts_are_unknown() {
        let compiled = BTreeMap::from([("auth/users".parse().unwrap(), "1_users.rs".to_owned())]);
        let found = Found { files: None, compiled: &compiled };
        let all = package_states(&stubs(UP), found, &AppliedOrigins::Unknown, &BTreeSet::new()).unwrap();
        assert_eq!(sums(&all), [("auth", 1, 3, None, None, None), ("media", 0, 1, None, Some(0), Some(0))]);
        assert_eq!((all[0].stubs[0].state, all[0].stubs[0].is_published()), (None, true));
    }
}
