//! The one small room that writes into the application's folders. Its commit point is `mod.rs`.
//!
//! Order: the new names into `.publishing`; the files; `mod.rs`, renamed last; `.publishing` removed. A crash at any
//! point leaves the old set or the new one, "the set that `mod.rs` names", and [`ProjectFolder::recover`] (also the
//! first step of every write) completes or removes the rest. Each file is a temporary one in the same folder, flushed,
//! then renamed; a new name never replaces a file, and an overwritten one is saved first.
//!
//! Refused: names with separators, `..`, NUL or no name at all; a folder that a symbolic link leads out of the project;
//! writing through a symbolic link; a folder that is not what it was when the plan was made.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use super::{
    Change, Committed, FolderKind, ModuleFile, PublishListError, Recovered, WriteError, line_of,
    look::{Found, look},
    path::{check_name, normal, real},
    render_module,
};
use crate::{
    migration::LineName,
    publish::{Digest, FileKind},
};

const MODULE: &str = "mod.rs";
const LIST: &str = ".publishing";
const TEMPORARY: (&str, &str) = (".arvel-", ".tmp");

/// A folder of migrations or seeders.
#[derive(Clone, Debug)]
pub struct ProjectFolder {
    path: PathBuf,
    kind: FolderKind,
}

/// The moments between the phases of a write: tests stop there, as a crash would.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Phase {
    Announced,
    Written(usize),
    Listed,
}

type Pause<'a> = &'a mut dyn FnMut(Phase) -> Result<(), WriteError>;

impl ProjectFolder {
    /// A folder of the project; it need not exist yet, and is made by the first write.
    ///
    /// # Errors
    /// [`WriteError::Outside`] when the folder is named inside the project and a symbolic link leads out of it.
    pub fn open(root: &Path, folder: &Path, kind: FolderKind) -> Result<Self, WriteError> {
        let root = real(root)?;
        let named = normal(&root.join(folder));
        let path = real(&named)?;
        if named.starts_with(&root) && !path.starts_with(&root) {
            return Err(WriteError::Outside { path: named, target: path });
        }
        Ok(Self { path, kind })
    }

    /// The folder, with every symbolic link resolved.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// The names of the Rust and SQL files except `mod.rs`, sorted; those of nested folders with their path, `2026/1_a.rs`.
    /// A nested folder with a `mod.rs` of its own is another folder. An absent folder has none.
    ///
    /// # Errors
    /// [`WriteError::Io`] when the folder can not be read.
    pub fn names(&self) -> Result<Vec<String>, WriteError> {
        Ok(self.look()?.files)
    }

    fn look(&self) -> Result<Found, WriteError> {
        look(&self.path, !matches!(self.kind, FolderKind::Seeders))
    }

    /// The line that the files of the folder belong to: the one that its `mod.rs` names, else that of its kind.
    ///
    /// # Errors
    /// [`WriteError`] when `mod.rs` can not be read.
    pub fn line(&self) -> Result<LineName, WriteError> {
        let named = self.read(MODULE)?.and_then(|text| line_of(&text));
        Ok(match (named, &self.kind) {
            (Some(line), _) => LineName::new(&line),
            (None, FolderKind::Migrations { line }) => LineName::new(line),
            (None, FolderKind::Seeders) => LineName::default_line(),
        })
    }

    /// The text of a file of the folder; `None` when there is none.
    ///
    /// # Errors
    /// [`WriteError`] when it can not be read or is not UTF-8.
    pub fn read(&self, name: &str) -> Result<Option<String>, WriteError> {
        check_name(name)?;
        match fs::read(self.path.join(name)) {
            Ok(bytes) => match String::from_utf8(bytes) {
                Ok(text) => Ok(Some(text)),
                Err(_) => Err(WriteError::NotText { path: self.path.join(name) }),
            },
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
            Err(error) => Err(self.failed("read", name)(error)),
        }
    }

    /// Writes changes and then `mod.rs`, and makes the folder where it is absent. `seen` are the names that the plan was
    /// made from: with others there by now, nothing is written.
    ///
    /// # Errors
    /// [`WriteError`]. The folder then holds its old set of files, or the whole new one: never a part of it.
    pub fn commit(&self, seen: Option<&[String]>, changes: &[Change]) -> Result<Committed, WriteError> {
        let result = self.commit_with(seen, changes, &mut |_| Ok(()));
        if result.is_err() && self.path.is_dir() {
            // The first error is the one to tell; what this can not mend, the next write does.
            let _ = self.recover();
        }
        result
    }

    /// Removes files whatever their texts are, and their lines from `mod.rs` where there is one: for files that a person
    /// named. A plan that judged texts says [`Change::Remove`], with the text that it saw.
    ///
    /// # Errors
    /// [`WriteError`]: a name that is none, a file that is not there, a link, and what the system refuses.
    pub fn remove_files(&self, names: &[String]) -> Result<Committed, WriteError> {
        let removals = names.iter().map(|name| match self.read(name)? {
            Some(expected) => Ok(Change::Remove { name: name.clone(), expected }),
            None => Err(self.changed(name)),
        });
        self.commit(None, &removals.collect::<Result<Vec<_>, _>>()?)
    }

    /// Recomputes `mod.rs` from the folder; an absent folder stays absent.
    ///
    /// # Errors
    /// [`WriteError`], with nothing written.
    pub fn sync(&self) -> Result<Committed, WriteError> {
        if self.path.is_dir() { self.commit(None, &[]) } else { Ok(Committed::default()) }
    }

    /// What [`sync`](Self::sync) would write to `mod.rs`; `None` when it is in order, or when the folder is absent. Nothing
    /// is written.
    ///
    /// # Errors
    /// [`WriteError`] when the folder or its `mod.rs` can not be made sense of.
    pub fn out_of_step(&self) -> Result<Option<ModuleFile>, WriteError> {
        if !self.path.is_dir() {
            return Ok(None);
        }
        let module = self.module_with(&[])?;
        let same = self.read(MODULE)?.as_deref() == Some(module.text.as_str()) && module.missing.is_empty();
        Ok(if same { None } else { Some(module) })
    }

    /// Ends a write that was interrupted: completes it when all its files are there, else removes them. A file that
    /// has been changed since is left alone.
    ///
    /// # Errors
    /// [`WriteError`] when the folder can not be read or written.
    pub fn recover(&self) -> Result<Recovered, WriteError> {
        if !self.path.is_dir() {
            return Ok(Recovered::Nothing);
        }
        let _lock = self.lock()?;
        self.recover_locked()
    }

    fn commit_with(
        &self,
        seen: Option<&[String]>,
        changes: &[Change],
        pause: Pause<'_>,
    ) -> Result<Committed, WriteError> {
        changes.iter().try_for_each(|change| check_name(change.name()))?;
        fs::create_dir_all(&self.path).map_err(self.failed("make", ""))?;
        let _lock = self.lock()?;
        let recovered = self.recover_locked()?;
        self.check(seen, changes)?;
        let module = self.module_with(changes)?;
        let mut done = Committed {
            recovered,
            listed: module.added.clone(),
            unlisted: module.removed.clone(),
            missing: module.missing.clone(),
            ..Committed::default()
        };
        self.announce(changes)?;
        pause(Phase::Announced)?;
        for (i, change) in changes.iter().enumerate() {
            match change {
                Change::Create { name, text } => {
                    self.create(name, text)?;
                    done.created.push(name.clone());
                }
                Change::Overwrite { name, expected, text } => {
                    let backup = self.back_up(name, expected)?;
                    self.replace(name, text)?;
                    done.overwritten.push((name.clone(), backup));
                }
                Change::Remove { .. } => {}
            }
            pause(Phase::Written(i))?;
        }
        self.flush()?;
        // A folder without a list gets none by what goes.
        let only_less = changes.iter().all(|change| matches!(change, Change::Remove { .. }));
        if changes.is_empty() || !only_less || self.read(MODULE)?.is_some() {
            self.write_module(&module)?;
        }
        pause(Phase::Listed)?;
        for change in changes {
            if let Change::Remove { name, .. } = change {
                self.remove(name)?;
                done.removed.push(name.clone());
            }
        }
        self.remove(LIST)?;
        self.flush()?;
        Ok(done)
    }

    fn check(&self, seen: Option<&[String]>, changes: &[Change]) -> Result<(), WriteError> {
        if let Some(seen) = seen {
            let names = self.names()?;
            if let Some(name) =
                names.iter().find(|n| !seen.contains(n)).or_else(|| seen.iter().find(|n| !names.contains(n)))
            {
                return Err(self.changed(name));
            }
        }
        self.refuse_link(MODULE)?;
        for change in changes {
            self.refuse_link(change.name())?;
            let current = self.read(change.name())?;
            let as_planned = match change {
                Change::Create { .. } => current.is_none(),
                Change::Overwrite { expected, .. } | Change::Remove { expected, .. } => {
                    current.as_ref() == Some(expected)
                }
            };
            if !as_planned {
                return Err(self.changed(change.name()));
            }
        }
        Ok(())
    }

    fn changed(&self, name: &str) -> WriteError {
        WriteError::Changed { folder: self.path.clone(), name: name.to_owned() }
    }

    /// `mod.rs` as it will be.
    fn module_with(&self, changes: &[Change]) -> Result<ModuleFile, WriteError> {
        let found = self.look()?;
        let mut names = found.files;
        names.extend(found.modules);
        for change in changes {
            match change {
                Change::Remove { name, .. } => names.retain(|other| other != name),
                Change::Create { name, .. } | Change::Overwrite { name, .. } => names.push(name.clone()),
            }
        }
        names.sort();
        names.dedup();
        render_module(self.read(MODULE)?.as_deref(), &names, &self.kind)
            .map_err(|problem| WriteError::Module { folder: self.path.clone(), problem })
    }

    fn write_module(&self, module: &ModuleFile) -> Result<(), WriteError> {
        if self.read(MODULE)?.as_deref() == Some(module.text.as_str()) {
            return Ok(());
        }
        self.replace(MODULE, &module.text)?;
        self.flush()
    }

    /// Writes the names of the new files, each with the digest of its text, before any of them is there.
    fn announce(&self, changes: &[Change]) -> Result<(), WriteError> {
        let lines: String = changes
            .iter()
            .filter_map(|change| match change {
                Change::Create { name, text } => {
                    Some(format!("{name} {}\n", Digest::of_bytes(text.as_bytes())))
                }
                Change::Overwrite { .. } | Change::Remove { .. } => None,
            })
            .collect();
        if lines.is_empty() {
            return Ok(());
        }
        self.replace(LIST, &lines)?;
        self.flush()
    }

    fn recover_locked(&self) -> Result<Recovered, WriteError> {
        self.remove_temporary()?;
        let Some(list) = self.read(LIST)? else { return Ok(Recovered::Nothing) };
        let announced =
            read_list(&list).map_err(|problem| WriteError::List { path: self.path.join(LIST), problem })?;
        let mut whole = Vec::new();
        for (name, digest) in &announced {
            if self.read(name)?.is_some_and(|text| Digest::of_bytes(text.as_bytes()) == *digest) {
                whole.push(name.clone());
            }
        }
        let result = if whole.len() == announced.len() {
            self.write_module(&self.module_with(&[])?)?;
            Recovered::Completed(whole)
        } else {
            for name in &whole {
                self.remove(name)?;
            }
            Recovered::Removed(whole)
        };
        self.remove(LIST)?;
        self.flush()?;
        Ok(result)
    }

    fn remove_temporary(&self) -> Result<(), WriteError> {
        for entry in fs::read_dir(&self.path).map_err(self.failed("read", ""))? {
            let name = entry.map_err(self.failed("read", ""))?.file_name();
            let name = name.to_str().unwrap_or("");
            if name.starts_with(TEMPORARY.0) && name.ends_with(TEMPORARY.1) {
                self.remove(name)?;
            }
        }
        Ok(())
    }

    /// Keeps two writers apart. Where folders can not be locked, the check of what the plan saw remains.
    fn lock(&self) -> Result<Option<fs::File>, WriteError> {
        let Ok(folder) = fs::File::open(&self.path) else { return Ok(None) };
        match folder.lock() {
            Ok(()) => Ok(Some(folder)),
            Err(error) if error.kind() == io::ErrorKind::Unsupported => Ok(None),
            Err(error) => Err(self.failed("lock", "")(error)),
        }
    }

    fn temporary(&self, text: &str) -> Result<tempfile::NamedTempFile, WriteError> {
        let mut builder = tempfile::Builder::new();
        builder.prefix(TEMPORARY.0).suffix(TEMPORARY.1);
        // A source file is readable as the user's umask says, not private as temporary files are.
        #[cfg(unix)]
        builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
        let mut file = builder.tempfile_in(&self.path).map_err(self.failed("write to", ""))?;
        file.write_all(text.as_bytes()).map_err(self.failed("write to", ""))?;
        file.as_file().sync_all().map_err(self.failed("flush", ""))?;
        Ok(file)
    }

    fn create(&self, name: &str, text: &str) -> Result<(), WriteError> {
        let path = self.path.join(name);
        if let Some(folder) = self.nested(name) {
            fs::create_dir_all(&folder).map_err(self.failed("make", ""))?;
        }
        match self.temporary(text)?.persist_noclobber(path) {
            Ok(_) => {
                self.nested(name).map_or(Ok(()), |folder| flush(&folder).map_err(self.failed("flush", name)))
            }
            Err(error) if error.error.kind() == io::ErrorKind::AlreadyExists => {
                Err(WriteError::Changed { folder: self.path.clone(), name: name.to_owned() })
            }
            Err(error) => Err(self.failed("write", name)(error.error)),
        }
    }

    fn replace(&self, name: &str, text: &str) -> Result<(), WriteError> {
        let path = self.path.join(name);
        self.refuse_link(name)?;
        let file = self.temporary(text)?;
        if let Ok(metadata) = fs::metadata(&path) {
            file.as_file().set_permissions(metadata.permissions()).map_err(self.failed("write", name))?;
        }
        file.persist(&path).map(drop).map_err(|error| self.failed("write", name)(error.error))
    }

    /// Saves a text as `<name>.bak`; an earlier backup is never replaced, and one of the same text serves again.
    fn back_up(&self, name: &str, text: &str) -> Result<String, WriteError> {
        let mut number = 1;
        loop {
            let backup = if number == 1 { format!("{name}.bak") } else { format!("{name}.bak{number}") };
            match self.read(&backup)? {
                None => {
                    self.create(&backup, text)?;
                    self.flush()?;
                    return Ok(backup);
                }
                Some(saved) if saved == text => return Ok(backup),
                Some(_) => number += 1,
            }
        }
    }

    fn remove(&self, name: &str) -> Result<(), WriteError> {
        match fs::remove_file(self.path.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => Err(self.failed("remove", name)(error)),
            _ => {
                // A nested folder goes with its last file; one with anything in it stays.
                let _ = self.nested(name).map(fs::remove_dir);
                Ok(())
            }
        }
    }

    /// The nested folder that a name lies in.
    fn nested(&self, name: &str) -> Option<PathBuf> {
        name.rsplit_once('/').map(|(folder, _)| self.path.join(folder))
    }

    fn refuse_link(&self, name: &str) -> Result<(), WriteError> {
        let mut path = self.path.clone();
        for part in name.split('/') {
            path.push(part);
            if fs::symlink_metadata(&path).is_ok_and(|found| found.file_type().is_symlink()) {
                return Err(WriteError::Link { path });
            }
        }
        Ok(())
    }

    /// Makes renames durable, where folders can be flushed.
    fn flush(&self) -> Result<(), WriteError> {
        flush(&self.path).map_err(self.failed("flush", ""))
    }

    fn failed(&self, doing: &'static str, name: &str) -> impl FnOnce(io::Error) -> WriteError {
        let path = if name.is_empty() { self.path.clone() } else { self.path.join(name) };
        move |source| match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem if doing != "read" => {
                WriteError::ReadOnly { path, source }
            }
            _ => WriteError::Io { doing, path, source },
        }
    }
}

fn flush(folder: &Path) -> io::Result<()> {
    if cfg!(unix) { fs::File::open(folder)?.sync_all() } else { Ok(()) }
}

fn read_list(text: &str) -> Result<Vec<(String, Digest)>, PublishListError> {
    let entry = |line: &str| {
        let (name, digest) = line.split_once(' ')?;
        let ours = check_name(name).is_ok() && FileKind::of_name(name).is_some() && name != MODULE;
        ours.then_some((name.to_owned(), Digest::parse(digest)?))
    };
    text.lines().enumerate().map(|(i, line)| entry(line).ok_or(PublishListError { line: i + 1 })).collect()
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
