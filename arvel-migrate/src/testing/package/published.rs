//! The stubs in a temporary project, as an application gets them, and read again as it reads them.

use std::{collections::BTreeMap, path::Path};

use super::{
    bundle::Package,
    error::{PackageError, PackageProblem, PackageStep},
};
use crate::{
    graph::Graph,
    migration::{Catalog, CatalogError, Checksum, Dependency, LineName, Migration, Origin, RevisionId},
    project::{FolderKind, ProjectFolder, Stamp},
    publish::{
        BundledStub, FileKind, PublishAction, PublishMode, PublishOptions, PublishPlan, PublishState, digest,
        plan_publish, read_files, write_plan,
    },
};

/// 2026-01-01 00:00:00: a published set is the same at any time.
const NOW: i64 = 1_767_225_600;

/// Publishes a package and what it needs into a temporary project, twice, and answers with what then lies there.
pub(super) fn publish(package: &Package) -> Result<Catalog, PackageError> {
    let failed = |step, problem| PackageError::new(&package.name, step, problem);
    let written = |error| failed(PackageStep::Publish, PackageProblem::Write(error));
    let home = tempfile::tempdir().map_err(|source| {
        let path = std::env::temp_dir();
        written(crate::project::WriteError::Io { doing: "write to", path, source })
    })?;
    let place = Path::new("database/migrations");
    let folder = ProjectFolder::open(home.path(), place, FolderKind::migrations()).map_err(written)?;

    let first = plan(package, &folder, PublishMode::Add, PackageStep::Publish)?;
    check_first(package, &first)?;
    write_plan(&folder, &first).map_err(written)?;
    for mode in [PublishMode::Add, PublishMode::Update, PublishMode::Force] {
        let again = plan(package, &folder, mode, PackageStep::PublishAgain)?;
        check_again(package, &again)?;
    }
    if let Some(module) = folder.out_of_step().map_err(written)? {
        let names = [&module.added, &module.removed, &module.missing].into_iter().flatten();
        let what = names.map(String::as_str).next().unwrap_or("mod.rs").to_owned();
        return Err(failed(PackageStep::Read, PackageProblem::Unlisted { what }));
    }
    read(package, &folder)
}

fn plan(
    package: &Package,
    folder: &ProjectFolder,
    mode: PublishMode,
    step: PackageStep,
) -> Result<PublishPlan, PackageError> {
    let failed = |problem| PackageError::new(&package.name, step, problem);
    let files = read_files(folder).map_err(|error| failed(PackageProblem::Write(error)))?;
    let options = PublishOptions { mode, ..PublishOptions::all(Stamp::from_unix(NOW)) };
    plan_publish(&package.stubs, &files, &options).map_err(|error| failed(PackageProblem::Plan(error)))
}

/// Everything is written into an empty folder.
fn check_first(package: &Package, plan: &PublishPlan) -> Result<(), PackageError> {
    for decision in &plan.decisions {
        // A new application has nothing that a follow-up could bring to another shape.
        let expected = match decision.state {
            PublishState::NotNeeded => PublishAction::Nothing,
            _ => PublishAction::Write,
        };
        if decision.action != expected {
            let reason = decision.reason.clone();
            let reason = reason.unwrap_or_else(|| format!("it is {:?} in an empty project", decision.state));
            let problem = PackageProblem::Published { reason };
            return Err(package.error(&decision.origin, PackageStep::Publish, problem));
        }
    }
    Ok(())
}

/// Nothing is written into a folder that has it.
fn check_again(package: &Package, plan: &PublishPlan) -> Result<(), PackageError> {
    for decision in &plan.decisions {
        if decision.action != PublishAction::Nothing {
            let what = decision.reason.clone().unwrap_or_default();
            let reason = format!("there should be nothing to do, and it is {:?} {what}", decision.state);
            let problem = PackageProblem::Published { reason: reason.trim_end().to_owned() };
            return Err(package.error(&decision.origin, PackageStep::PublishAgain, problem));
        }
    }
    Ok(())
}

/// The published set with the package's follow-ups behind it, and how many these are; `None` when there is none.
pub(super) fn with_follow_ups(
    package: &Package,
    published: &Catalog,
) -> Result<Option<(Catalog, usize)>, PackageError> {
    let mut migrations = Vec::new();
    for (stub, second) in package.follow_ups().zip(1..) {
        let failed =
            |problem| package.error(&stub.origin, PackageStep::FollowUp, PackageProblem::Stub(problem));
        let Some(compiled) = package.compiled.get(&stub.origin) else { continue };
        // A year later, each in a second of its own.
        let stamp = Stamp::from_unix(NOW + 31_536_000 + second);
        let stem = format!("{stamp}_{}", stub.origin.stub().replace('-', "_"));
        let revision = RevisionId::new(&stem)
            .map_err(|error| failed(CatalogError::Name { file: stem.clone().into(), error }))?;
        let depends_on = stub.depends_on.iter().cloned().map(Dependency::Origin).collect();
        let (line, origin) = (LineName::default_line(), Some(stub.origin.clone()));
        migrations.push(Migration { stem, revision, depends_on, line, origin, ..compiled.clone() });
    }
    let count = migrations.len();
    if count == 0 {
        return Ok(None);
    }
    let catalog = published.clone().with(migrations).map_err(|error| {
        PackageError::new(&package.name, PackageStep::FollowUp, PackageProblem::Stub(error))
    })?;
    Ok(Some((catalog, count)))
}

/// The folder as the program reads it, with the bodies that are compiled in.
fn read(package: &Package, folder: &ProjectFolder) -> Result<Catalog, PackageError> {
    let failed = |problem| PackageError::new(&package.name, PackageStep::Read, problem);
    let line = LineName::default_line();
    let found =
        Catalog::read_files(folder.path(), &line).map_err(|error| failed(PackageProblem::Stub(error)))?;
    let mut files: BTreeMap<Origin, Migration> = BTreeMap::new();
    for migration in found.migrations() {
        if let Some(origin) = &migration.origin {
            files.insert(origin.clone(), Migration::clone(migration));
        }
    }
    let mut migrations = Vec::new();
    for stub in package.published() {
        let altered = |what: &str| {
            let problem = PackageProblem::Altered { what: what.to_owned() };
            package.error(&stub.origin, PackageStep::Read, problem)
        };
        let (Some(file), Some(compiled)) = (files.remove(&stub.origin), package.compiled.get(&stub.origin))
        else {
            return Err(altered("does not carry its origin"));
        };
        if !same_text(stub, &file, folder) {
            return Err(altered("reads differently from the stub"));
        }
        let needs = |origin: &&Origin| !file.depends_on.contains(&Dependency::Origin((*origin).clone()));
        if let Some(lacking) = stub.depends_on.iter().find(needs) {
            return Err(altered(&format!("does not depend on `{lacking}`")));
        }
        let published = joined(stub, file, compiled);
        if Checksum::of(&published) != Checksum::of(compiled) {
            return Err(altered("has another checksum than the stub"));
        }
        migrations.push(published);
    }
    let catalog = Catalog::new(migrations).map_err(|error| failed(PackageProblem::Stub(error)))?;
    Graph::build(catalog.clone().into_migrations())
        .map_err(|error| failed(PackageProblem::Failed(error.into())))?;
    Ok(catalog)
}

fn same_text(stub: &BundledStub, file: &Migration, folder: &ProjectFolder) -> bool {
    let name = format!("{}.{}", file.stem, stub.kind.ending());
    folder.read(&name).ok().flatten().is_some_and(|text| digest(stub.kind, &text) == stub.digest)
}

/// The place that the file has, with what the stub does.
fn joined(stub: &BundledStub, file: Migration, compiled: &Migration) -> Migration {
    match stub.kind {
        FileKind::Sql => file,
        FileKind::Rust => Migration {
            revision: file.revision,
            stem: file.stem,
            line: file.line,
            parents: file.parents,
            depends_on: file.depends_on,
            labels: file.labels,
            origin: file.origin,
            path: file.path,
            ..compiled.clone()
        },
    }
}
