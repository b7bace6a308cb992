//! What deciding stands on: the stubs, the files of the folder, what is applied and what was asked for. Questions only.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    BundledStub, ExistingFile, PublishAction, PublishOptions, Version, judge::judge, selection::is_called,
};
use crate::{
    migration::{Origin, SortKey},
    project::file_stem,
};

/// The folder, the packages and the request.
pub(super) struct Ground<'a> {
    pub(super) options: &'a PublishOptions,
    pub(super) bundled: &'a [BundledStub],
    all: &'a [ExistingFile],
    files: BTreeMap<&'a Origin, Vec<&'a ExistingFile>>,
    /// What is decided in this plan.
    pub(super) wanted: BTreeSet<&'a Origin>,
}

/// Whether a follow-up has something to bring to a new shape.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Need<'a> {
    /// The file has an older text.
    Yes(&'a ExistingFile),
    /// It has not, or there is none: the reason.
    No(String),
    /// The file does not say which text it was made from: the reason.
    Unknown(String),
}

impl<'a> Ground<'a> {
    pub(super) fn new(
        bundled: &'a [BundledStub],
        files: &'a [ExistingFile],
        options: &'a PublishOptions,
    ) -> Self {
        let mut of_origin: BTreeMap<&Origin, Vec<&ExistingFile>> = BTreeMap::new();
        for file in files {
            if let Some(origin) = &file.origin {
                of_origin.entry(origin).or_default().push(file);
            }
        }
        Self { options, bundled, all: files, files: of_origin, wanted: BTreeSet::new() }
    }

    /// The files that carry an origin.
    pub(super) fn files(&self, origin: &Origin) -> &[&'a ExistingFile] {
        self.files.get(origin).map_or(&[], Vec::as_slice)
    }

    /// The first of them.
    pub(super) fn file(&self, origin: &Origin) -> Option<&'a ExistingFile> {
        self.files(origin).first().copied()
    }

    pub(super) fn stub(&self, origin: &Origin) -> Option<&'a BundledStub> {
        self.bundled.iter().find(|stub| stub.origin == *origin)
    }

    /// Whether it is applied somewhere; `None` when not every database answered.
    pub(super) fn applied(&self, origin: &Origin) -> Option<bool> {
        self.options.applied.get(origin)
    }

    /// Whether `--only` names it.
    pub(super) fn is_named(&self, stub: &BundledStub) -> bool {
        self.options.only.iter().any(|name| is_called(&stub.origin, name))
    }

    /// Whether it runs in place, and nobody asked for a file of it.
    pub(super) fn runs_in_place(&self, stub: &BundledStub) -> bool {
        let package = stub.origin.package();
        // What a file of an older text needs, a file brings.
        let is_for_a_file = matches!(self.need(stub), Some(Need::Yes(_)));
        self.options.in_place.contains(package)
            && !is_for_a_file
            && !self.is_named(stub)
            && !self.options.packages.iter().any(|named| named == package)
    }

    /// Whether no file is written of it though none is there: it runs in place, or is a follow-up of nothing.
    pub(super) fn is_passed_over(&self, stub: &BundledStub) -> bool {
        self.runs_in_place(stub) || matches!(self.need(stub), Some(Need::No(_)))
    }

    /// Whether a follow-up is needed; `None` for any other stub.
    pub(super) fn need(&self, stub: &BundledStub) -> Option<Need<'a>> {
        let follows = stub.follows.as_ref()?;
        let name = &follows.stub;
        Some(match (self.files(name), self.stub(name)) {
            ([], _) | (_, None) => Need::No(format!("no file has an older text of `{name}`")),
            ([file], Some(followed)) => {
                let is_new =
                    file.digest == followed.digest || file.published.as_ref() == Some(&followed.digest);
                let version = file.version.as_deref().and_then(|version| Version::parse(version).ok());
                match version {
                    _ if is_new => Need::No(format!("`{}` has the new shape", file.name)),
                    Some(version) if version < follows.since => Need::Yes(file),
                    Some(version) => {
                        Need::No(format!("`{}` was published from {version} and has this shape", file.name))
                    }
                    None => Need::Unknown(format!(
                        "`{}` does not say which version it was published from",
                        file.name
                    )),
                }
            }
            (several, _) => Need::Unknown(format!("{} files carry the origin `{name}`", several.len())),
        })
    }

    /// The follow-ups that a published file needs, in the order in which they run.
    pub(super) fn follow_ups(&self, of: &Origin) -> Vec<&'a BundledStub> {
        let needed =
            |stub: &&BundledStub| stub.is_follow_up_of(of) && matches!(self.need(stub), Some(Need::Yes(_)));
        self.bundled.iter().filter(needed).collect()
    }

    /// Those of the follow-ups of a stub that have files, needed or not.
    pub(super) fn published_follow_ups(&self, of: &Origin) -> Vec<&'a ExistingFile> {
        let published = self.bundled.iter().filter(|stub| stub.is_follow_up_of(of));
        published.filter_map(|stub| self.file(&stub.origin)).collect()
    }

    /// Whether this plan writes the text of now into the file of a stub.
    pub(super) fn is_replaced(&self, origin: &Origin) -> bool {
        let (Some(stub), [file]) = (self.stub(origin), self.files(origin)) else { return false };
        self.wanted.contains(origin)
            && matches!(judge(self, stub, file).action, PublishAction::Overwrite | PublishAction::Merge)
    }

    /// The first file that needs a stub which has none: also by way of other stubs that have none yet.
    pub(super) fn needed_by(&self, stub: &BundledStub) -> Option<&'a ExistingFile> {
        let mut through: BTreeSet<&Origin> = BTreeSet::from([&stub.origin]);
        // `bundled` has everything behind what it comes after.
        for other in self.bundled.iter().filter(|other| self.files(&other.origin).is_empty()) {
            if other.depends_on.iter().any(|needed| through.contains(needed)) {
                through.insert(&other.origin);
            }
        }
        let needs = |file: &&ExistingFile| {
            let origin = file.origin.as_ref();
            let upstream = origin.filter(|origin| self.is_replaced(origin)).and_then(|it| self.stub(it));
            let upstream = upstream.map_or(&[] as &[Origin], |stub| &stub.depends_on);
            file.depends_on.iter().chain(upstream).any(|needed| through.contains(needed))
        };
        self.all.iter().filter(needs).min_by_key(|file| SortKey::of(file_stem(&file.name)))
    }
}
