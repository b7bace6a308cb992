//! What publishing would do, file by file, as a value: no disk, no clock, no database.
//!
//! A file is known by its origin, so renames, merges and re-stamping lose nothing. Three digests tell the rest: the one
//! in the file's first line (as published), the one of its text now (as you have it), the one of the stub (as the
//! package has it). A file of another origin is never overwritten, whatever the options say.

use std::collections::BTreeSet;

use super::{
    BundledStub, ExistingFile, PlanError, PublishMode, PublishOptions, PublishPlan, ground::Ground,
    planner::Planner, selection::selected,
};
use crate::migration::Origin;

/// Decides what happens to every stub that was asked for, and to those that they need. Pure; the order is that of
/// `bundled`.
///
/// # Errors
/// [`PlanError`] when a package or stub that was asked for is not there, or a new file has no place.
pub fn plan_publish(
    bundled: &[BundledStub],
    files: &[ExistingFile],
    options: &PublishOptions,
) -> Result<PublishPlan, PlanError> {
    let selected = select(bundled, options)?;
    let mut ground = Ground::new(bundled, files, options);
    let also_needed = also_needed(&ground, &selected);
    ground.wanted = selected.iter().map(|stub| &stub.origin).collect();
    if options.with_needed {
        ground.wanted.extend(&also_needed);
    }
    let mut planner = Planner::new(&ground, files);
    let wanted = bundled.iter().filter(|stub| ground.wanted.contains(&stub.origin));
    let decisions = wanted.map(|stub| planner.decide(stub)).collect::<Result<Vec<_>, _>>()?;
    let mut seen: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
    seen.sort();
    let also_needed = bundled.iter().map(|stub| &stub.origin).filter(|origin| also_needed.contains(origin));
    Ok(PublishPlan { also_needed: also_needed.cloned().collect(), decisions, seen })
}

fn select<'a>(
    bundled: &'a [BundledStub],
    options: &PublishOptions,
) -> Result<Vec<&'a BundledStub>, PlanError> {
    let origins = bundled.iter().map(|stub| &stub.origin);
    let wanted: BTreeSet<&Origin> =
        selected(origins, &options.packages, &options.only)?.into_iter().collect();
    Ok(bundled.iter().filter(|stub| wanted.contains(&stub.origin)).collect())
}

/// What the selected stubs need, at any distance, that nobody asked for and no file carries.
fn also_needed<'a>(ground: &Ground<'a>, selected: &[&'a BundledStub]) -> BTreeSet<&'a Origin> {
    let mut needed: BTreeSet<&Origin> = BTreeSet::new();
    let mut open: Vec<&BundledStub> = selected.to_vec();
    while let Some(stub) = open.pop() {
        let file = ground.file(&stub.origin);
        if file.is_none() && ground.is_passed_over(stub) {
            continue;
        }
        // A file that stays needs what it names itself.
        let declared = match ground.options.mode {
            PublishMode::Add if file.is_some() => &[] as &[Origin],
            _ => &stub.after,
        };
        for before in declared.iter().chain(file.iter().flat_map(|file| &file.depends_on)) {
            let Some(before) = ground.stub(before).filter(|stub| ground.file(&stub.origin).is_none()) else {
                continue;
            };
            if !ground.is_passed_over(before) && needed.insert(&before.origin) {
                open.push(before);
            }
        }
    }
    for stub in selected {
        needed.remove(&stub.origin);
    }
    needed
}

#[cfg(test)]
#[path = "plan_tests.rs"]
mod tests;
