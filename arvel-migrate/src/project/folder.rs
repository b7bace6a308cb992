//! A folder of the application as it is: which files it holds, and what its `mod.rs` says of them. Nothing here writes.
//!
//! Refused: a folder that a symbolic link leads out of the project, and reading what is no regular file.

use std::{
    io,
    path::{Path, PathBuf},
};

use super::{
    FolderKind, ModuleFile, WriteError,
    disk::{Act, Disk},
    line_of,
    look::{Found, look},
    path::{check_name, normal, real},
    publishing::LIST,
    render_module,
};
use crate::migration::LineName;

pub(super) const MODULE: &str = "mod.rs";

/// A folder of migrations or seeders.
#[derive(Clone, Debug)]
pub struct ProjectFolder {
    pub(super) path: PathBuf,
    pub(super) kind: FolderKind,
    pub(super) disk: Disk,
}

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
        Ok(Self { path, kind, disk: Disk::default() })
    }

    /// The folder, with every symbolic link resolved.
    #[must_use]
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// Whether the folder is there.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.disk.is_folder(&self.path)
    }

    /// The names of the Rust and SQL files except `mod.rs`, sorted; those of nested folders with their path, `2026/1_a.rs`.
    /// A nested folder with a `mod.rs` of its own is another folder. An absent folder has none.
    ///
    /// # Errors
    /// [`WriteError::Io`] when the folder can not be read.
    pub fn names(&self) -> Result<Vec<String>, WriteError> {
        Ok(self.look()?.files)
    }

    pub(super) fn look(&self) -> Result<Found, WriteError> {
        self.disk.pass(Act::Look, &self.path).map_err(self.failed("read", ""))?;
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
    /// [`WriteError`] when it can not be read, is no file or is not UTF-8.
    pub fn read(&self, name: &str) -> Result<Option<String>, WriteError> {
        check_name(name)?;
        let bytes = self.bytes(name, u64::MAX)?;
        bytes
            .map(String::from_utf8)
            .transpose()
            .map_err(|_| WriteError::NotText { path: self.path.join(name) })
    }

    pub(super) fn bytes(&self, name: &str, limit: u64) -> Result<Option<Vec<u8>>, WriteError> {
        let path = self.path.join(name);
        self.disk.read(&path, limit).map_err(|source| match source.kind() {
            io::ErrorKind::IsADirectory => WriteError::NotAFile { path, what: "a folder" },
            io::ErrorKind::InvalidInput => {
                WriteError::NotAFile { path, what: "a pipe, a socket or a device" }
            }
            _ => WriteError::Io { doing: "read", path, source },
        })
    }

    /// What [`sync`](Self::sync) would write to `mod.rs`; `None` when it is in order, or when the folder is absent. Nothing
    /// is written.
    ///
    /// # Errors
    /// [`WriteError`] when the folder or its `mod.rs` can not be made sense of.
    pub fn out_of_step(&self) -> Result<Option<ModuleFile>, WriteError> {
        if !self.disk.is_folder(&self.path) {
            return Ok(None);
        }
        let text = self.read(MODULE)?;
        let module = self.module(text.as_deref(), |_| {})?;
        let same = text.as_deref() == Some(module.text.as_str()) && module.missing.is_empty();
        Ok(if same { None } else { Some(module) })
    }

    /// Whether a write into the folder was interrupted, or is under way: [`recover`](Self::recover) ends it.
    #[must_use]
    pub fn is_interrupted(&self) -> bool {
        self.disk.is_there(&self.path.join(LIST))
    }

    /// `mod.rs` as it will be, from its text and the names of the folder after a change of them.
    pub(super) fn module(
        &self,
        text: Option<&str>,
        change: impl FnOnce(&mut Vec<String>),
    ) -> Result<ModuleFile, WriteError> {
        let found = self.look()?;
        let mut names = found.files;
        names.extend(found.modules);
        change(&mut names);
        names.sort();
        names.dedup();
        render_module(text, &names, &self.kind)
            .map_err(|problem| WriteError::Module { folder: self.path.clone(), problem })
    }

    /// Refuses a name that leads through a symbolic link.
    pub(super) fn refuse_link(&self, name: &str) -> Result<(), WriteError> {
        let mut path = self.path.clone();
        for part in name.split('/') {
            path.push(part);
            if self.disk.is_link(&path) {
                return Err(WriteError::Link { path });
            }
        }
        Ok(())
    }

    pub(super) fn failed(&self, doing: &'static str, name: &str) -> impl FnOnce(io::Error) -> WriteError {
        let path = if name.is_empty() { self.path.clone() } else { self.path.join(name) };
        move |source| match source.kind() {
            io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem if doing != "read" => {
                WriteError::ReadOnly { path, source }
            }
            _ => WriteError::Io { doing, path, source },
        }
    }
}
