//! What unpublishing would remove, file by file, as a value: no disk, no database.
//!
//! Only what is the package's, and nobody would miss, goes: a file as it was published, that ran nowhere, and that no
//! other file needs. The digest in the first line tells an edit, so a package that is not linked any more can go too.

use std::collections::BTreeSet;

use serde::{Serialize, Serializer};

use super::{
    AppliedOrigins, BundledStub, ExistingFile, FileKind, PlanError, header::declared_list,
    selection::selected,
};
use crate::migration::{Dependency, Migration, Origin, Parents};

/// What is asked for.
#[derive(Clone, Debug, Default)]
pub struct UnpublishOptions {
    /// The packages; empty means all.
    pub packages: Vec<String>,
    /// Only these stubs, by name or as `package/stub`; empty means all.
    pub only: Vec<String>,
    /// What is applied.
    pub applied: AppliedOrigins,
    /// Goes on where not every database answered.
    pub assume_unapplied: bool,
}

/// Why a file is left.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Left {
    /// It ran somewhere.
    Applied,
    /// Its text is not the one that was published.
    Edited,
    /// Several files carry its origin.
    Duplicate,
    /// Nobody could say whether it ran.
    Unknown,
    /// A file that stays needs it.
    Needed,
}

/// What happens to one published file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Removal {
    /// Package and stub.
    #[serde(serialize_with = "as_text")]
    pub origin: Origin,
    /// The file.
    pub file: String,
    /// Why it is left; `None` when it goes.
    pub left: Option<Left>,
    /// Whether it is applied somewhere; `None` when not every database answered.
    pub applied: Option<bool>,
    /// The files that need it, or that carry its origin too.
    pub others: Vec<String>,
    /// Why it is left, in words.
    pub reason: Option<String>,
    /// The text that was judged.
    #[serde(skip)]
    pub text: String,
}

/// Every published file that was asked for, by name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct UnpublishPlan {
    /// One for each file.
    pub removals: Vec<Removal>,
    /// The files that the plan was made from: writing refuses when the folder has others by then.
    #[serde(skip)]
    pub seen: Vec<String>,
}

impl UnpublishPlan {
    /// Whether any file is left: exit code 7, after the others are gone.
    #[must_use]
    pub fn leaves(&self) -> bool {
        self.removals.iter().any(|removal| removal.left.is_some())
    }
}

/// Decides what goes. Pure. `elsewhere` are the program's migrations in other folders, which may need a file of this one.
///
/// # Errors
/// [`PlanError`] for a package that neither is linked nor has a file, and for a stub that no such package has.
pub fn plan_unpublish<'a>(
    bundled: &[BundledStub],
    files: &[ExistingFile],
    elsewhere: impl IntoIterator<Item = &'a Migration>,
    options: &UnpublishOptions,
) -> Result<UnpublishPlan, PlanError> {
    let mut known: Vec<&Origin> = bundled.iter().map(|stub| &stub.origin).collect();
    for origin in files.iter().filter_map(|file| file.origin.as_ref()) {
        if !known.contains(&origin) {
            known.push(origin);
        }
    }
    let wanted = selected(known, &options.packages, &options.only)?;
    let mut removals = Vec::new();
    let mut at = Vec::new();
    for (place, file) in files.iter().enumerate() {
        if let Some(origin) = file.origin.as_ref().filter(|origin| wanted.contains(origin)) {
            removals.push(judge(file, origin, bundled, files, options));
            at.push(place);
        }
    }
    let mut needs: Vec<Needs> = files.iter().map(|file| Needs::of_file(file, bundled)).collect();
    let names: BTreeSet<&str> = files.iter().map(ExistingFile::revision_name).collect();
    let elsewhere = elsewhere.into_iter().filter(|of| !names.contains(of.revision.as_str()));
    needs.extend(elsewhere.map(Needs::of_migration));
    keep_needed(&mut removals, &at, files, &needs);
    let mut seen: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    seen.sort();
    Ok(UnpublishPlan { removals, seen })
}

/// A file for itself.
fn judge(
    file: &ExistingFile,
    origin: &Origin,
    bundled: &[BundledStub],
    files: &[ExistingFile],
    options: &UnpublishOptions,
) -> Removal {
    let same = |other: &&ExistingFile| other.origin.as_ref() == Some(origin) && other.name != file.name;
    let others: Vec<String> = files.iter().filter(same).map(|other| other.name.clone()).collect();
    let applied = options.applied.get(origin);
    let as_shipped = bundled.iter().any(|stub| stub.origin == *origin && stub.digest == file.digest);
    let (left, reason) = match &file.published {
        _ if applied == Some(true) => (Some(Left::Applied), "it ran; undo it first".to_owned()),
        _ if !others.is_empty() => {
            (Some(Left::Duplicate), format!("{} files carry this origin", others.len() + 1))
        }
        _ if as_shipped || file.published.as_ref() == Some(&file.digest) => match applied {
            None if !options.assume_unapplied => {
                (Some(Left::Unknown), "not every database answered whether it ran".to_owned())
            }
            _ => (None, String::new()),
        },
        Some(_) => (Some(Left::Edited), "you changed it".to_owned()),
        None => (Some(Left::Edited), "it does not say what was published".to_owned()),
    };
    let reason = left.map(|_| reason);
    let (file, text) = (file.name.clone(), file.text.clone());
    Removal { origin: origin.clone(), file, left, applied, others, reason, text }
}

/// What one migration names in its header.
struct Needs {
    shown: String,
    parents: Vec<String>,
    depends_on: Vec<String>,
}

impl Needs {
    /// What a file says, and what its stub says: a file of an older publisher does not repeat that.
    fn of_file(file: &ExistingFile, bundled: &[BundledStub]) -> Self {
        let kind = FileKind::of_name(&file.name).unwrap_or(FileKind::Sql);
        let list = |key| declared_list(kind, &file.text, key).unwrap_or_default();
        let stub = bundled.iter().find(|stub| Some(&stub.origin) == file.origin.as_ref());
        let after = stub.into_iter().flat_map(|stub| stub.after.iter().map(ToString::to_string));
        let depends_on = list("depends_on").into_iter().chain(after).collect();
        Self { shown: file.name.clone(), parents: list("parents"), depends_on }
    }

    fn of_migration(migration: &Migration) -> Self {
        let path = migration.path.as_ref().map(|path| path.display().to_string());
        let parents = match &migration.parents {
            Parents::Of(parents) => parents.iter().map(ToString::to_string).collect(),
            _ => Vec::new(),
        };
        Self {
            shown: path.unwrap_or_else(|| migration.revision.to_string()),
            parents,
            depends_on: migration.depends_on.iter().map(Dependency::to_string).collect(),
        }
    }

    /// How it needs a file.
    fn word(&self, file: &ExistingFile, origin: &Origin) -> Option<&'static str> {
        let is = |name: &String| name == file.revision_name();
        match () {
            () if self.parents.iter().any(is) => Some("follows"),
            () if self.depends_on.iter().any(|name| is(name) || *name == origin.to_string()) => {
                Some("depends on")
            }
            () => None,
        }
    }
}

/// Keeps what a file needs that stays, and again what that one needs.
fn keep_needed(removals: &mut [Removal], at: &[usize], files: &[ExistingFile], needs: &[Needs]) {
    loop {
        let going: BTreeSet<usize> = removals
            .iter()
            .zip(at)
            .filter(|(removal, _)| removal.left.is_none())
            .map(|(_, at)| *at)
            .collect();
        let mut kept = false;
        for (removal, place) in removals.iter_mut().zip(at).filter(|(removal, _)| removal.left.is_none()) {
            let staying = needs.iter().enumerate().filter(|(at, _)| !going.contains(at) && at != place);
            let words: Vec<(&str, &str)> = staying
                .filter_map(|(_, of)| Some((of.shown.as_str(), of.word(&files[*place], &removal.origin)?)))
                .collect();
            let Some((_, word)) = words.first() else { continue };
            let shown: Vec<String> = words.iter().map(|(shown, _)| format!("`{shown}`")).collect();
            let verb = match (words.len(), *word) {
                (1, word) => word,
                (_, "follows") => "follow",
                _ => "depend on",
            };
            removal.left = Some(Left::Needed);
            removal.others = words.iter().map(|(shown, _)| (*shown).to_owned()).collect();
            removal.reason = Some(format!("{} {verb} it", shown.join(", ")));
            kept = true;
        }
        if !kept {
            return;
        }
    }
}

fn as_text<S: Serializer>(origin: &Origin, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(origin)
}

#[cfg(test)]
#[path = "unpublish_tests.rs"]
mod tests;
