//! The one small room that writes into the application's folders. Its commit point is `mod.rs`.
//!
//! **The guarantee**: at every moment, also when the process is killed or the machine stops, the set that `mod.rs` names is
//! the old one or the new one: every file that it names is there with its old text, or every one with its new text, and
//! the project compiles. Files that come, change and go in one [`commit`](ProjectFolder::commit) do so together. What an
//! interruption leaves beside the set is ended by the next write ([`ProjectFolder::recover`]): taken back before the
//! commit point, completed behind it.
//!
//! Order: every text into a temporary file, flushed, so that a full disk is met while nothing has happened; the list of the
//! write, `.publishing`; new files and backups, under names that nobody has; for files that get another text, `mod.rs` with
//! their old texts elsewhere ([`former`](super::former)); the new texts; **`mod.rs`**; then files that go, the old texts,
//! the list. Folders are flushed between. A single overwrite that leaves `mod.rs` as it is needs no old text elsewhere:
//! its rename is the commit point.
//!
//! Refused: names with separators, `..`, NUL or no name at all; writing through a symbolic link; a file that a plan saw
//! and that is another one by now.

use std::{
    collections::BTreeSet,
    io,
    path::{Path, PathBuf},
    sync::atomic::{AtomicU64, Ordering},
};

use super::{
    Change, Committed, ModuleFile, ProjectFolder, Recovered, WriteError,
    disk::Lock,
    folder::MODULE,
    former::{former, listing_former, moved},
    path::{check_name, check_new_name, same_but_for_case},
    publishing::{Announced, LIST, Publishing},
};
use crate::publish::FileKind;

/// What begins and ends the names of temporary files.
pub(super) const TEMPORARY: (&str, &str) = (".arvel-", ".tmp");

static NUMBER: AtomicU64 = AtomicU64::new(0);

/// A write, decided to the last byte.
struct Prepared {
    list: Publishing,
    /// New files and backups.
    placed: Vec<(String, String)>,
    /// Old texts, where they stand until `mod.rs` is written.
    former: Vec<(String, String)>,
    /// The `mod.rs` that lists those.
    standin: Option<String>,
    /// New texts of files.
    replaced: Vec<(String, String)>,
    /// The new `mod.rs`; `None` when it stays as it is.
    module: Option<String>,
    done: Committed,
}

impl ProjectFolder {
    /// Writes changes and then `mod.rs`, and makes the folder where it is absent. `seen` are the names that the plan was
    /// made from: with others there by now, nothing is written.
    ///
    /// # Errors
    /// [`WriteError`]. The folder then holds its old set of files, or the whole new one: never a part of it.
    pub fn commit(&self, seen: Option<&[String]>, changes: &[Change]) -> Result<Committed, WriteError> {
        check_names(changes)?;
        let made = self.make()?;
        let result = self.commit_with_lock(seen, changes);
        if result.is_err() {
            made.iter().rev().for_each(|folder| drop(self.disk.remove_folder(folder)));
        }
        result
    }

    /// Removes files whatever their texts are, and their lines from `mod.rs` where there is one: for files that a person
    /// named. A plan that judged texts says [`Change::Remove`], with the text that it saw.
    ///
    /// # Errors
    /// [`WriteError`]: a name that is none, a file that is not there, a link, and what the system refuses.
    pub fn remove_files(&self, names: &[String]) -> Result<Committed, WriteError> {
        let removals = names.iter().map(|name| {
            check_name(name)?;
            // Also one that is no text, which is a reason to remove it.
            let bytes = self.bytes(name, u64::MAX)?.ok_or_else(|| self.changed(name))?;
            let expected = String::from_utf8_lossy(&bytes).into_owned();
            Ok(Change::Remove { name: name.clone(), expected })
        });
        self.commit(None, &removals.collect::<Result<Vec<_>, _>>()?)
    }

    /// Recomputes `mod.rs` from the folder; an absent folder stays absent.
    ///
    /// # Errors
    /// [`WriteError`], with nothing written.
    pub fn sync(&self) -> Result<Committed, WriteError> {
        match self.disk.is_folder(&self.path) {
            true => self.commit(None, &[]),
            false => Ok(Committed::default()),
        }
    }

    fn commit_with_lock(&self, seen: Option<&[String]>, changes: &[Change]) -> Result<Committed, WriteError> {
        let _lock = self.lock()?;
        let recovered = self.end_interrupted()?;
        let write = self.prepare(seen, changes)?;
        let mut committed = false;
        let Err(cause) = self.carry_out(&write, &mut committed) else {
            return Ok(Committed { recovered, ..write.done });
        };
        // What failed behind the commit point is done once more; what failed before it is taken back.
        let ended = self.end_interrupted().and_then(|ended| {
            committed |= matches!(ended, Recovered::Completed(_));
            if committed { self.flush(&[""]) } else { Ok(()) }
        });
        match (ended, committed) {
            (Ok(()), true) => Ok(Committed { recovered, ..write.done }),
            (Ok(()), false) => Err(cause),
            (Err(_), committed) => {
                Err(WriteError::Unfinished { folder: self.path.clone(), committed, cause: Box::new(cause) })
            }
        }
    }

    pub(super) fn lock(&self) -> Result<Lock, WriteError> {
        self.disk.lock(&self.path).map_err(self.failed("lock", ""))
    }

    /// Makes the folder and those above it; the ones that were not there.
    pub(super) fn make(&self) -> Result<Vec<PathBuf>, WriteError> {
        let absent = self.path.ancestors().take_while(|path| !self.disk.is_folder(path));
        let absent: Vec<&Path> = absent.collect();
        let mut made = Vec::new();
        for folder in absent.into_iter().rev() {
            if self.disk.make_folder(folder).map_err(self.failed("make", ""))? {
                made.push(folder.to_path_buf());
            }
        }
        Ok(made)
    }

    fn prepare(&self, seen: Option<&[String]>, changes: &[Change]) -> Result<Prepared, WriteError> {
        self.refuse_link(MODULE)?;
        let names = self.names()?;
        let differs = |seen: &[String]| {
            names
                .iter()
                .find(|n| !seen.contains(n))
                .or_else(|| seen.iter().find(|n| !names.contains(n)))
                .cloned()
        };
        if let Some(name) = seen.and_then(differs) {
            return Err(self.changed(&name));
        }
        let before = self.read(MODULE)?;
        let module = self.module(before.as_deref(), |names| {
            for change in changes {
                match change {
                    Change::Remove { name, .. } => names.retain(|other| other != name),
                    Change::Create { name, .. } | Change::Overwrite { name, .. } => names.push(name.clone()),
                }
            }
        })?;
        let mut write = Prepared {
            list: Publishing { module: Announced::new::<str>(MODULE, None, None), files: Vec::new() },
            placed: Vec::new(),
            former: Vec::new(),
            standin: None,
            replaced: Vec::new(),
            module: None,
            done: Committed::default(),
        };
        for change in changes {
            self.prepare_change(&mut write, change, &names, &module)?;
        }
        // A folder without a list gets none by what goes.
        let only_less = changes.iter().all(|change| matches!(change, Change::Remove { .. }));
        let unlisted = before.is_none() && only_less && !changes.is_empty();
        let old = before.as_deref().unwrap_or("");
        let differs = !unlisted && before.as_deref() != Some(module.text.as_str());
        if !write.replaced.is_empty() && (changes.len() > 1 || differs) {
            let names: Vec<&str> = write.replaced.iter().map(|(name, _)| name.as_str()).collect();
            let standin = listing_former(old, &names);
            write.standin = (standin != old).then_some(standin);
        }
        if write.standin.is_none() {
            write.former.clear();
        }
        let new = if unlisted { None } else { Some(module.text.as_str()) };
        write.list.module = Announced::new(MODULE, before.as_deref(), new);
        write.module = (differs || write.standin.is_some()).then(|| module.text.clone());
        if !unlisted {
            write.done.listed = module.added;
            write.done.unlisted = module.removed;
            write.done.missing = module.missing;
        }
        Ok(write)
    }

    fn prepare_change(
        &self,
        write: &mut Prepared,
        change: &Change,
        names: &[String],
        module: &ModuleFile,
    ) -> Result<(), WriteError> {
        self.refuse_link(change.name())?;
        let current = self.bytes(change.name(), u64::MAX)?;
        let as_planned = match (change, &current) {
            (Change::Create { .. }, current) => current.is_none(),
            (Change::Overwrite { expected, .. }, Some(current)) => current == expected.as_bytes(),
            (Change::Remove { expected, .. }, Some(current)) => {
                String::from_utf8_lossy(current) == expected.as_str()
            }
            (_, None) => false,
        };
        if !as_planned {
            return Err(self.changed(change.name()));
        }
        let (files, done) = (&mut write.list.files, &mut write.done);
        match change {
            Change::Create { name, text } => {
                let taken = names.iter().chain(&done.created).find(|other| same_but_for_case(other, name));
                if let Some(present) = taken {
                    return Err(WriteError::SameButForCase { name: name.clone(), present: present.clone() });
                }
                files.push(Announced::new(name, None, Some(text)));
                write.placed.push((name.clone(), text.clone()));
                done.created.push(name.clone());
            }
            Change::Overwrite { name, expected, text } => {
                let (backup, is_new) = self.backup(name, expected)?;
                if is_new {
                    files.push(Announced::new(&backup, None, Some(expected)));
                    write.placed.push((backup.clone(), expected.clone()));
                }
                files.push(Announced::new(name, Some(expected), Some(text)));
                self.refuse_link(&former(name))?;
                write.former.push((former(name), moved(name, expected)));
                write.replaced.push((name.clone(), text.clone()));
                done.overwritten.push((name.clone(), backup));
            }
            Change::Remove { name, .. } => {
                if module.missing.contains(name) {
                    let (folder, name) = (self.path.clone(), name.clone());
                    return Err(WriteError::ListedByHand { folder, name });
                }
                files.push(Announced::new(name, current.as_deref(), None));
                done.removed.push(name.clone());
            }
        }
        Ok(())
    }

    /// Where the old text of a file is saved: `<name>.bak`, and whether it is to be written. An earlier backup is never
    /// replaced, and one of the same text serves again.
    pub(super) fn backup(&self, name: &str, text: &str) -> Result<(String, bool), WriteError> {
        let mut number = 1;
        loop {
            let backup = if number == 1 { format!("{name}.bak") } else { format!("{name}.bak{number}") };
            self.refuse_link(&backup)?;
            match self.bytes(&backup, u64::MAX)? {
                None => return Ok((backup, true)),
                Some(saved) if saved == text.as_bytes() => return Ok((backup, false)),
                Some(_) => number += 1,
            }
        }
    }

    /// Does what is decided. `committed` says whether the new set is in force.
    fn carry_out(&self, write: &Prepared, committed: &mut bool) -> Result<(), WriteError> {
        let temporary = |files: &[(String, String)]| -> Result<Vec<(PathBuf, String)>, WriteError> {
            files.iter().map(|(name, text)| Ok((self.temporary(name, text)?, name.clone()))).collect()
        };
        let one = |name: &str, text: &Option<String>| {
            text.as_ref().map(|text| self.temporary(name, text)).transpose()
        };
        let (placed, former) = (temporary(&write.placed)?, temporary(&write.former)?);
        let replaced = temporary(&write.replaced)?;
        let (standin, module) = (one(MODULE, &write.standin)?, one(MODULE, &write.module)?);
        if !write.list.files.is_empty() {
            let list = self.temporary(LIST, &write.list.text())?;
            self.replace(&[(list, LIST.to_owned())])?;
        }
        for (temporary, name) in &placed {
            self.make_nested(name)?;
            self.disk.place(temporary, &self.path.join(name)).map_err(|error| match error.kind() {
                io::ErrorKind::AlreadyExists => self.changed(name),
                _ => self.failed("write", name)(error),
            })?;
        }
        self.flush(&placed.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>())?;
        if let Some(standin) = standin {
            former.iter().try_for_each(|(_, name)| self.make_nested(name))?;
            self.replace(&former)?;
            self.replace(&[(standin, MODULE.to_owned())])?;
        }
        self.replace(&replaced)?;
        if let Some(module) = module {
            self.disk.replace(&module, &self.path.join(MODULE)).map_err(self.failed("write", MODULE))?;
        }
        *committed = true;
        self.flush(&[""])?;
        if write.list.files.is_empty() { Ok(()) } else { self.finish(&write.list).map(drop) }
    }

    /// A temporary file in the folder, with the rights of the file whose name it will get, flushed.
    pub(super) fn temporary(&self, name: &str, text: &str) -> Result<PathBuf, WriteError> {
        let number = NUMBER.fetch_add(1, Ordering::Relaxed);
        let temporary = format!("{}{}-{number}{}", TEMPORARY.0, std::process::id(), TEMPORARY.1);
        let path = self.path.join(temporary);
        let like = self.path.join(name);
        self.disk.write(&path, text.as_bytes(), Some(&like)).map_err(self.failed("write to", ""))?;
        Ok(path)
    }

    /// Gives temporary files the names of others, and flushes their folders.
    pub(super) fn replace(&self, files: &[(PathBuf, String)]) -> Result<(), WriteError> {
        for (temporary, name) in files {
            self.refuse_link(name)?;
            self.disk.replace(temporary, &self.path.join(name)).map_err(self.failed("write", name))?;
        }
        self.flush(&files.iter().map(|(_, name)| name.as_str()).collect::<Vec<_>>())
    }

    /// Removes a file, and the nested folder with its last one.
    pub(super) fn remove(&self, name: &str) -> Result<(), WriteError> {
        self.disk.remove(&self.path.join(name)).map_err(self.failed("remove", name))?;
        self.remove_nested(name)
    }

    /// Removes the nested folders of a name that are empty.
    pub(super) fn remove_nested(&self, name: &str) -> Result<(), WriteError> {
        for folder in nested(name) {
            self.disk.remove_folder(&self.path.join(folder)).map_err(self.failed("remove", folder))?;
        }
        Ok(())
    }

    fn make_nested(&self, name: &str) -> Result<(), WriteError> {
        for folder in nested(name).into_iter().rev() {
            self.disk.make_folder(&self.path.join(folder)).map_err(self.failed("make", folder))?;
        }
        Ok(())
    }

    /// Makes the names of the folders durable that files lie in.
    pub(super) fn flush(&self, names: &[&str]) -> Result<(), WriteError> {
        let folders: BTreeSet<&str> =
            names.iter().flat_map(|name| nested(name).into_iter().chain([""])).collect();
        for folder in folders {
            self.disk.flush(&self.path.join(folder)).map_err(self.failed("flush", folder))?;
        }
        Ok(())
    }

    pub(super) fn changed(&self, name: &str) -> WriteError {
        WriteError::Changed { folder: self.path.clone(), name: name.to_owned() }
    }
}

/// The nested folders that a name lies in, the innermost first.
fn nested(name: &str) -> Vec<&str> {
    let around = std::iter::successors(name.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/'));
    around.map(|(folder, _)| folder).collect()
}

fn check_names(changes: &[Change]) -> Result<(), WriteError> {
    let mut names = BTreeSet::new();
    for change in changes {
        let name = change.name();
        check_name(name)?;
        let own = name.rsplit('/').next().unwrap_or(name);
        if FileKind::of_name(name).is_none() || own.starts_with('.') || own == MODULE {
            let reason = "it is neither a migration nor a seeder";
            return Err(WriteError::BadName { name: name.to_owned(), reason });
        }
        if matches!(change, Change::Create { .. }) {
            check_new_name(name)?;
        }
        if !names.insert(name) {
            return Err(WriteError::BadName { name: name.to_owned(), reason: "it is named twice" });
        }
    }
    Ok(())
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;

#[cfg(test)]
#[path = "crash_tests.rs"]
mod crash_tests;

#[cfg(test)]
#[path = "kill_tests.rs"]
mod kill_tests;

#[cfg(test)]
#[path = "hostile_tests.rs"]
mod hostile_tests;
