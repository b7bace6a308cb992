//! What `--path` selects: the folders that it names, and the revisions whose files lie in them.

use std::{
    collections::{BTreeSet, HashMap},
    path::{Path, PathBuf},
};

use arvel_migrate::migration::{Catalog, Migration, RevisionId};

use super::session::Session;
use crate::error::CommandError;

impl Session {
    /// The folders of `--path`: from the current folder, or else from the root.
    pub fn folders(&self) -> Result<Vec<PathBuf>, CommandError> {
        let found = self.options.path.iter().map(|path| {
            let from_root = self.settings.root.join(path);
            let folder = [path.clone(), from_root].into_iter().find(|path| path.is_dir());
            let folder = folder.ok_or_else(|| {
                CommandError::usage(format!("`--path {}`: there is no such folder", path.display()))
                    .hint("name a folder of migrations, from the current folder or from the project's root")
            })?;
            let line = self.settings.line_of(&folder);
            match line.database().filter(|of| *of != self.settings.name) {
                Some(of) => Err(CommandError::usage(format!(
                    "`--path {}` is in the folder of the database `{of}`",
                    path.display()
                ))
                .hint(format!("add `--database {of}`"))),
                None => Ok(folder),
            }
        });
        found.collect()
    }

    /// `--path` of a command that is about one folder.
    pub fn one_folder(&self) -> Result<Option<&PathBuf>, CommandError> {
        match self.options.path.as_slice() {
            [] => Ok(None),
            [path] => Ok(Some(path)),
            _ => Err(CommandError::usage("`--path` is one folder here, and several are named")
                .hint("give it once")),
        }
    }
}

/// The revisions whose files lie in one of the folders.
pub fn selected(catalog: &Catalog, folders: &[PathBuf], root: &Path) -> BTreeSet<RevisionId> {
    // As it is written, with links: what a link in a folder leads to belongs to the folder.
    let whole = |path: &Path| std::path::absolute(path).unwrap_or_else(|_| path.to_path_buf());
    let given: Vec<PathBuf> = folders.iter().map(|folder| whole(folder)).collect();
    let folders: Vec<PathBuf> = folders.iter().map(|folder| real(folder)).collect();
    // Asked once for each folder: a link costs a question for each of its parts, and there may be ten thousand files.
    let mut known: HashMap<PathBuf, bool> = HashMap::new();
    let mut inside = |migration: &Migration| {
        let Some(path) = &migration.path else { return false };
        // A compiled path is relative to where cargo ran: the root, or a folder above it.
        let file = root.ancestors().map(|folder| folder.join(path)).find(|path| path.exists());
        let Some(folder) = file.as_deref().and_then(Path::parent) else { return false };
        if let Some(inside) = known.get(folder) {
            return *inside;
        }
        let (of_file, written) = (real(folder), whole(folder));
        let inside = given.iter().any(|given| written.starts_with(given))
            || folders.iter().any(|folder| of_file.starts_with(folder));
        known.insert(folder.to_path_buf(), inside);
        inside
    };
    let migrations = catalog.migrations().iter().filter(|migration| inside(migration));
    migrations.map(|migration| migration.revision.clone()).collect()
}

fn real(path: &Path) -> PathBuf {
    path.canonicalize().unwrap_or_else(|_| path.to_path_buf())
}
