//! Between the plan and the disk: reads the folder as [`ExistingFile`]s, and hands a plan's writes to
//! [`ProjectFolder`], which knows how to write and how to recover.

use super::{ExistingFile, PublishAction, PublishPlan, UnpublishPlan};
use crate::project::{Change, Committed, ProjectFolder, WriteError};

/// The migration files of a folder, sorted by name.
///
/// # Errors
/// [`WriteError`] when a file can not be read.
pub fn read_files(folder: &ProjectFolder) -> Result<Vec<ExistingFile>, WriteError> {
    let mut files = Vec::new();
    for name in folder.names()? {
        if let Some(text) = folder.read(&name)? {
            files.extend(ExistingFile::read(&name, &text));
        }
    }
    Ok(files)
}

/// Writes what a plan decided. Conflicts are left alone, the rest is written; without anything to write, only an
/// interrupted write is ended.
///
/// # Errors
/// [`WriteError`], with nothing half-written. [`WriteError::Changed`] means: read, plan and write again.
pub fn write_plan(folder: &ProjectFolder, plan: &PublishPlan) -> Result<Committed, WriteError> {
    let changes: Vec<Change> = plan
        .decisions
        .iter()
        .filter_map(|decision| {
            let (name, text) = (decision.file.clone()?, decision.text.clone());
            match decision.action {
                PublishAction::Write => Some(Change::Create { name, text }),
                PublishAction::Overwrite | PublishAction::Merge => {
                    Some(Change::Overwrite { name, expected: decision.current.clone()?, text })
                }
                _ => None,
            }
        })
        .collect();
    if changes.is_empty() {
        return Ok(Committed { recovered: folder.recover()?, ..Committed::default() });
    }
    folder.commit(Some(&plan.seen), &changes)
}

/// Removes what a plan lets go, in one write.
///
/// # Errors
/// As [`write_plan`].
pub fn remove_published(folder: &ProjectFolder, plan: &UnpublishPlan) -> Result<Committed, WriteError> {
    let going = plan.removals.iter().filter(|removal| removal.left.is_none());
    let changes: Vec<Change> = going
        .map(|removal| Change::Remove { name: removal.file.clone(), expected: removal.text.clone() })
        .collect();
    match changes.as_slice() {
        [] => Ok(Committed { recovered: folder.recover()?, ..Committed::default() }),
        changes => folder.commit(Some(&plan.seen), changes),
    }
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
