//! What publishing would do, file by file, as a value: no disk, no clock, no database.
//!
//! A file is known by its origin, so renames, merges and re-stamping lose nothing. Three digests tell the rest: the one
//! in the file's first line (as published), the one of its text now (as you have it), the one of the stub (as the
//! package has it). A file of another origin is never overwritten, whatever the options say.

use std::collections::{BTreeMap, BTreeSet};

use super::{
    BundledStub, Decision, ExistingFile, FileKind, PublishAction, PublishMode, PublishOptions, PublishPlan,
    PublishState, StubTextError, published_text,
};
use crate::{
    migration::Origin,
    project::{Stamp, Stamps, file_stem, new_revision},
};

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
            PlanError::UnknownPackage { package, registered } => {
                let linked = format!(
                    "a package that is only a line in Cargo.toml is never linked and registers nothing; name it once: `use {} as _;`",
                    package.replace('-', "_")
                );
                match nearest(package, registered) {
                    Some(near) => format!("did you mean `{near}`? {linked}"),
                    None => linked,
                }
            }
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
            stamps: Stamps::named(
                &options.naming,
                options.now,
                files.iter().map(|file| file_stem(&file.name)),
            ),
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
        let name = self.options.naming.name(stamp, &slug, &new_revision(stamp, &slug));
        let name = format!("{}{name}.{}", self.options.way, stub.kind.ending());
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
        self.options.applied.get(&stub.origin)
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

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
