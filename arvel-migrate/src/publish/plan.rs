//! What publishing would do, file by file, as a value: no disk, no clock, no database.
//!
//! A file is known by its origin, so renames, merges and re-stamping lose nothing. Three digests tell the rest: the one
//! in the file's first line (as published), the one of its text now (as you have it), the one of the stub (as the
//! package has it). A file of another origin is never overwritten, whatever the options say.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Serialize, Serializer};

use super::{
    BundledStub, Digest, FileKind, PublishedHeader, StubTextError, digest, header::declared_text,
    published_text,
};
use crate::{
    migration::{Body, Migration, Origin, slug_of},
    operation::Operation,
    project::{Stamp, Stamps, file_stem},
};

/// A migration file of the folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExistingFile {
    /// The file's name, without a folder.
    pub name: String,
    /// The text as it stands.
    pub text: String,
    /// Where it was published from; the code's word counts, then the first line's.
    pub origin: Option<Origin>,
    /// The digest in the publisher's line: the stub as it was.
    pub published: Option<Digest>,
    /// The digest of the text now.
    pub digest: Digest,
    /// A revision of its own, when it declares one.
    pub revision: Option<String>,
    /// The tables that it creates, when the caller knows: see [`ExistingFile::know_tables`].
    pub creates: Vec<String>,
}

impl ExistingFile {
    /// Reads a file's text; `None` for a name that is neither Rust nor SQL.
    #[must_use]
    pub fn read(name: &str, text: &str) -> Option<Self> {
        let kind = FileKind::of_name(name)?;
        let header = PublishedHeader::find(kind, text);
        let declared = declared_text(kind, text, "origin").and_then(|origin| origin.parse::<Origin>().ok());
        Some(Self {
            name: name.to_owned(),
            text: text.to_owned(),
            origin: declared.or_else(|| header.as_ref().map(|header| header.origin.clone())),
            published: header.map(|header| header.digest),
            digest: digest(kind, text),
            revision: declared_text(kind, text, "revision"),
            creates: Vec::new(),
        })
    }

    /// Fills in which tables the files create, from the compiled migrations of the same stems.
    pub fn know_tables(files: &mut [ExistingFile], migrations: &[Migration]) {
        for file in files {
            let compiled = migrations.iter().find(|migration| migration.stem == file_stem(&file.name));
            if let Some(Body::Rust(up)) = compiled.map(|migration| &migration.up) {
                file.creates = tables_created(&crate::dsl::Schema::record(*up).operations);
            }
        }
    }

    fn slug(&self) -> &str {
        slug_of(file_stem(&self.name))
    }
}

/// The tables that operations create, by their full names.
#[must_use]
pub fn tables_created(operations: &[Operation]) -> Vec<String> {
    let created = operations.iter().filter_map(|operation| match operation {
        Operation::CreateTable(table) => Some(table.name.to_string()),
        _ => None,
    });
    created.collect()
}

/// What the databases that answered say about published files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AppliedOrigins {
    /// No database answered.
    #[default]
    Unknown,
    /// The origins that are applied in at least one database.
    Known(BTreeSet<Origin>),
}

/// How far publishing may go with files that are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PublishMode {
    /// Writes what is new, keeps the rest.
    #[default]
    Add,
    /// Also takes over what changed upstream, where you changed nothing and nothing is applied.
    Update,
    /// Overwrites published files; a backup of each is kept.
    Force,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct PublishOptions {
    /// The moment from which new files are stamped.
    pub now: Stamp,
    /// How far it may go.
    pub mode: PublishMode,
    /// Only these packages; empty means all.
    pub packages: Vec<String>,
    /// Only these stubs, by name or as `package/stub`; empty means all.
    pub only: Vec<String>,
    /// What is applied, for [`PublishMode::Update`].
    pub applied: AppliedOrigins,
    /// Goes on where no database answered.
    pub assume_unapplied: bool,
}

impl PublishOptions {
    /// Everything, adding only.
    #[must_use]
    pub fn all(now: Stamp) -> Self {
        Self {
            now,
            mode: PublishMode::default(),
            packages: Vec::new(),
            only: Vec::new(),
            applied: AppliedOrigins::default(),
            assume_unapplied: false,
        }
    }
}

/// How a stub and the folder stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PublishState {
    /// No file has that origin.
    New,
    /// The file is what the package ships.
    Identical,
    /// You changed it, upstream did not.
    Edited,
    /// Upstream changed it, you did not.
    Outdated,
    /// Both changed it.
    Diverged,
    /// An unrelated file has that slug, or creates the same table.
    NameTaken,
    /// Several files carry one origin.
    Duplicate,
}

/// What is done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PublishAction {
    /// Nothing is to be done.
    Nothing,
    /// Writes a new file.
    Write,
    /// Overwrites the published file, after a backup.
    Overwrite,
    /// Leaves the file as it is; the reason says why.
    Keep,
    /// A person must decide; the reason says what.
    Conflict,
}

/// What happens to one stub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// Package and stub.
    #[serde(serialize_with = "as_text")]
    pub origin: Origin,
    /// The package's version.
    pub version: String,
    /// How things stand.
    pub state: PublishState,
    /// What is done.
    pub action: PublishAction,
    /// The file that is written, or the one that is there.
    pub file: Option<String>,
    /// The other files that are in the way.
    pub others: Vec<String>,
    /// Whether the file is applied somewhere; `None` when no database answered.
    pub applied: Option<bool>,
    /// Why a file is kept, or what is in conflict.
    pub reason: Option<String>,
    /// The text that the package would have there.
    #[serde(skip)]
    pub text: String,
    /// The text that is there now.
    #[serde(skip)]
    pub current: Option<String>,
}

/// Every decision, in the order of publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublishPlan {
    /// One for each stub that was asked for.
    pub decisions: Vec<Decision>,
    /// Stubs that come before those asked for, were not asked for, and that no file carries: to be offered.
    #[serde(serialize_with = "as_texts")]
    pub also_needed: Vec<Origin>,
    /// The files that the plan was made from: writing refuses when the folder has others by then.
    #[serde(skip)]
    pub seen: Vec<String>,
}

impl PublishPlan {
    /// Whether any decision is a conflict: exit code 7, after the rest is written.
    #[must_use]
    pub fn has_conflicts(&self) -> bool {
        self.decisions.iter().any(|decision| decision.action == PublishAction::Conflict)
    }

    /// Whether anything would be written.
    #[must_use]
    pub fn writes(&self) -> bool {
        let writes = |d: &Decision| matches!(d.action, PublishAction::Write | PublishAction::Overwrite);
        self.decisions.iter().any(writes)
    }
}

/// A request that names what is not there.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// A package that registers nothing.
    #[error("no linked package is called `{package}`; registered: {}", list(registered))]
    UnknownPackage {
        /// The name as written.
        package: String,
        /// The packages that bundle migrations.
        registered: Vec<String>,
    },
    /// A stub that no selected package has.
    #[error("no stub is called `{stub}`; there are: {}", list(registered))]
    UnknownStub {
        /// The name as written.
        stub: String,
        /// The stubs of the selected packages.
        registered: Vec<String>,
    },
    /// A stub that is no migration.
    #[error("stub `{origin}` {problem}")]
    Text {
        /// Package and stub.
        origin: Origin,
        /// What is wrong with it.
        problem: StubTextError,
    },
}

impl PlanError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        let nearest = |name: &str, names: &[String]| {
            let best = names
                .iter()
                .max_by(|a, b| strsim::jaro_winkler(name, a).total_cmp(&strsim::jaro_winkler(name, b)));
            best.filter(|best| strsim::jaro_winkler(name, best) > 0.8).cloned()
        };
        match self {
            PlanError::UnknownPackage { package, registered } => match nearest(package, registered) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "a package that is only a line in Cargo.toml is never linked and registers nothing; name it once: `use {} as _;`",
                    package.replace('-', "_")
                ),
            },
            PlanError::UnknownStub { stub, registered } => match nearest(stub, registered) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "`db publish --list` shows every stub".to_owned(),
            },
            PlanError::Text { .. } => "mend the stub in its package".to_owned(),
        }
    }
}

/// Decides what happens to every stub that was asked for. Pure; the order is that of `bundled`.
///
/// # Errors
/// [`PlanError`] when a package or stub that was asked for is not there.
pub fn plan_publish(
    bundled: &[BundledStub],
    files: &[ExistingFile],
    options: &PublishOptions,
) -> Result<PublishPlan, PlanError> {
    let selected = select(bundled, options)?;
    let mut planner = Planner::new(files, options);
    let decisions = selected.iter().map(|stub| planner.decide(stub)).collect::<Result<Vec<_>, _>>()?;
    let mut seen: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    seen.sort();
    Ok(PublishPlan { also_needed: also_needed(bundled, &selected, &planner), decisions, seen })
}

fn select<'a>(
    bundled: &'a [BundledStub],
    options: &PublishOptions,
) -> Result<Vec<&'a BundledStub>, PlanError> {
    let packages: BTreeSet<&str> = bundled.iter().map(|stub| stub.origin.package()).collect();
    if let Some(unknown) = options.packages.iter().find(|package| !packages.contains(package.as_str())) {
        return Err(PlanError::UnknownPackage {
            package: unknown.clone(),
            registered: packages.into_iter().map(str::to_owned).collect(),
        });
    }
    let wanted = |stub: &&BundledStub| {
        options.packages.is_empty() || options.packages.iter().any(|package| package == stub.origin.package())
    };
    let is =
        |stub: &BundledStub, name: &String| name == stub.origin.stub() || *name == stub.origin.to_string();
    let candidates: Vec<&BundledStub> = bundled.iter().filter(wanted).collect();
    if let Some(unknown) = options.only.iter().find(|name| !candidates.iter().any(|stub| is(stub, name))) {
        return Err(PlanError::UnknownStub {
            stub: unknown.clone(),
            registered: candidates.iter().map(|stub| stub.origin.to_string()).collect(),
        });
    }
    let named =
        |stub: &&BundledStub| options.only.is_empty() || options.only.iter().any(|name| is(stub, name));
    Ok(candidates.into_iter().filter(named).collect())
}

/// What the selected stubs need, at any distance, and nobody asked for.
fn also_needed(bundled: &[BundledStub], selected: &[&BundledStub], planner: &Planner<'_>) -> Vec<Origin> {
    let mut needed: BTreeSet<&Origin> = BTreeSet::new();
    let mut open: Vec<&BundledStub> = selected.to_vec();
    while let Some(stub) = open.pop() {
        for before in &stub.after {
            if needed.insert(before) {
                open.extend(bundled.iter().find(|other| other.origin == *before));
            }
        }
    }
    let missing = |stub: &&BundledStub| {
        needed.contains(&stub.origin)
            && !planner.files.contains_key(&stub.origin)
            && !selected.iter().any(|chosen| chosen.origin == stub.origin)
    };
    bundled.iter().filter(missing).map(|stub| stub.origin.clone()).collect()
}

/// The folder as far as it is decided.
struct Planner<'a> {
    options: &'a PublishOptions,
    files: BTreeMap<&'a Origin, Vec<&'a ExistingFile>>,
    slugs: BTreeMap<String, (Option<Origin>, String)>,
    tables: BTreeMap<String, (Option<Origin>, String)>,
    placed: BTreeMap<Origin, Stamp>,
    stamps: Stamps,
}

impl<'a> Planner<'a> {
    fn new(files: &'a [ExistingFile], options: &'a PublishOptions) -> Self {
        let mut planner = Planner {
            options,
            files: BTreeMap::new(),
            slugs: BTreeMap::new(),
            tables: BTreeMap::new(),
            placed: BTreeMap::new(),
            stamps: Stamps::beside(options.now, files.iter().map(|file| file_stem(&file.name))),
        };
        for file in files {
            planner.occupy(file.slug(), &file.creates, file.origin.as_ref(), &file.name);
            if let Some(origin) = &file.origin {
                planner.files.entry(origin).or_default().push(file);
                if let Some(stamp) = Stamp::of_stem(file_stem(&file.name)) {
                    planner.placed.insert(origin.clone(), stamp);
                }
            }
        }
        planner
    }

    fn occupy(&mut self, slug: &str, tables: &[String], origin: Option<&Origin>, file: &str) {
        let owner = || (origin.cloned(), file.to_owned());
        self.slugs.entry(slug.to_owned()).or_insert_with(owner);
        for table in tables {
            self.tables.entry(table.clone()).or_insert_with(owner);
        }
    }

    fn decide(&mut self, stub: &BundledStub) -> Result<Decision, PlanError> {
        let of_origin = self.files.get(&stub.origin).cloned().unwrap_or_default();
        match of_origin.as_slice() {
            [] => self.decide_absent(stub),
            [file] => self.decide_present(stub, file),
            [first, others @ ..] => Ok(Decision {
                file: Some(first.name.clone()),
                others: others.iter().map(|file| file.name.clone()).collect(),
                reason: Some(format!("{} files carry this origin; keep one of them", others.len() + 1)),
                ..self.decision(stub, None, PublishState::Duplicate, PublishAction::Conflict)?
            }),
        }
    }

    fn decide_absent(&mut self, stub: &BundledStub) -> Result<Decision, PlanError> {
        let slug = stub.origin.stub().replace('-', "_");
        let table = stub.creates.iter().find_map(|table| Some((table, self.tables.get(table)?)));
        let taken = match (self.slugs.get(&slug), table) {
            (Some((_, file)), _) => {
                Some((file.clone(), format!("`{file}` has this name and another origin")))
            }
            (None, Some((table, (_, file)))) => {
                Some((file.clone(), format!("`{file}` creates the table `{table}` too")))
            }
            (None, None) => None,
        };
        if let Some((file, reason)) = taken {
            let decision = self.decision(stub, None, PublishState::NameTaken, PublishAction::Conflict)?;
            return Ok(Decision { others: vec![file], reason: Some(reason), ..decision });
        }
        let floor = stub.after.iter().filter_map(|before| self.placed.get(before).copied()).max();
        let stamp = self.stamps.after(floor);
        let name = format!("{stamp}_{slug}.{}", stub.kind.ending());
        let decision = self.decision(stub, None, PublishState::New, PublishAction::Write)?;
        self.occupy(&slug, &stub.creates, Some(&stub.origin), &name);
        self.placed.insert(stub.origin.clone(), stamp);
        Ok(Decision { file: Some(name), ..decision })
    }

    fn decide_present(&self, stub: &BundledStub, file: &ExistingFile) -> Result<Decision, PlanError> {
        let upstream_changed = file.published.as_ref() != Some(&stub.digest);
        let you_changed = file.published.as_ref() != Some(&file.digest);
        let state = match (upstream_changed, you_changed) {
            _ if file.digest == stub.digest => PublishState::Identical,
            (false, _) => PublishState::Edited,
            (true, false) => PublishState::Outdated,
            (true, true) => PublishState::Diverged,
        };
        let (action, reason) = self.act(state, stub);
        let (action, reason) = match action {
            PublishAction::Overwrite if FileKind::of_name(&file.name) != Some(stub.kind) => (
                PublishAction::Conflict,
                Some(format!(
                    "the package ships it as `.{}` now; remove the file and publish again",
                    stub.kind.ending()
                )),
            ),
            other => (other, reason),
        };
        Ok(Decision { reason, ..self.decision(stub, Some(file), state, action)? })
    }

    /// The table of publishing.md for a file that is there.
    fn act(&self, state: PublishState, stub: &BundledStub) -> (PublishAction, Option<String>) {
        use PublishMode::{Add, Force, Update};
        let keep = |reason: &str| (PublishAction::Keep, Some(reason.to_owned()));
        match (state, self.options.mode) {
            (PublishState::Identical, _) => (PublishAction::Nothing, None),
            (_, Force) => (PublishAction::Overwrite, None),
            (PublishState::Edited, Add | Update) => keep("you changed it"),
            (PublishState::Outdated, Add) => keep("the package has a newer text; `--update` takes it"),
            (PublishState::Outdated, Update) => match self.applied(stub) {
                Some(true) => keep(
                    "it is applied: the newer text could never run; write a new migration for the change",
                ),
                None if !self.options.assume_unapplied => {
                    keep("no database answered whether it is applied; `--assume-unapplied` goes on")
                }
                _ => (PublishAction::Overwrite, None),
            },
            (_, Add) => keep("you and the package changed it; `--diff` shows how"),
            (_, Update) => (PublishAction::Conflict, Some("you and the package changed it".to_owned())),
        }
    }

    fn applied(&self, stub: &BundledStub) -> Option<bool> {
        match &self.options.applied {
            AppliedOrigins::Unknown => None,
            AppliedOrigins::Known(origins) => Some(origins.contains(&stub.origin)),
        }
    }

    fn decision(
        &self,
        stub: &BundledStub,
        file: Option<&ExistingFile>,
        state: PublishState,
        action: PublishAction,
    ) -> Result<Decision, PlanError> {
        let text = published_text(stub, file.and_then(|file| file.revision.as_deref()))
            .map_err(|problem| PlanError::Text { origin: stub.origin.clone(), problem })?;
        Ok(Decision {
            origin: stub.origin.clone(),
            version: stub.version.clone(),
            state,
            action,
            file: file.map(|file| file.name.clone()),
            others: Vec::new(),
            applied: self.applied(stub),
            reason: None,
            text,
            current: file.map(|file| file.text.clone()),
        })
    }
}

fn list(names: &[String]) -> String {
    if names.is_empty() { "none".to_owned() } else { names.join(", ") }
}

fn as_text<S: Serializer>(origin: &Origin, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(origin)
}

fn as_texts<S: Serializer>(origins: &[Origin], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(origins.iter().map(ToString::to_string))
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
