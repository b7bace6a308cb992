//! The first files of a project: the two folders with their `mod.rs`, `arvel.toml`, and the build guard.
//!
//! What is there is never touched: it is reported as kept, and a project that has all of them is refused.

use std::{
    fs, io,
    io::Write as _,
    path::{Path, PathBuf},
};

use super::{BUILD_RS, FolderKind, ProjectFolder, WriteError};

const TOML: &str = r#"[databases.default]
url = "sqlite://database/app.db"

[migrations]
on_startup = "apply"

[profile.production.migrations]
on_startup = "check"
prohibit_destructive = true
"#;

/// What a project begins with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Init {
    /// The project's root.
    pub root: PathBuf,
    /// The folder of the migrations, absolute.
    pub migrations: PathBuf,
    /// The folder of the seeders, absolute.
    pub seeders: PathBuf,
}

/// What was written, or would be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InitReport {
    /// New files.
    pub created: Vec<PathBuf>,
    /// Files that were there, and are as they were.
    pub kept: Vec<PathBuf>,
    /// Whether a kept `build.rs` lacks the guard.
    pub unguarded: bool,
}

/// Why nothing was begun.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum InitError {
    /// All of it is there.
    #[error(
        "the project is set up already: `arvel.toml`, `build.rs` and the `mod.rs` of both folders are there"
    )]
    Exists,
    /// A file or folder can not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

impl Init {
    /// What would be written. Nothing is.
    ///
    /// # Errors
    /// [`InitError::Exists`], and folders that can not be used.
    pub fn plan(&self) -> Result<InitReport, InitError> {
        let mut report = InitReport::default();
        for path in self.paths() {
            if path.exists() { report.kept.push(path) } else { report.created.push(path) }
        }
        if report.created.is_empty() {
            return Err(InitError::Exists);
        }
        let guard = self.root.join("build.rs");
        report.unguarded = report.kept.contains(&guard)
            && !fs::read_to_string(guard).is_ok_and(|text| text.contains("is not listed in"));
        Ok(report)
    }

    /// Writes what is not there.
    ///
    /// # Errors
    /// As [`plan`](Self::plan), and what the system refuses.
    pub fn write(&self) -> Result<InitReport, InitError> {
        let report = self.plan()?;
        for (folder, kind) in
            [(&self.migrations, FolderKind::migrations()), (&self.seeders, FolderKind::Seeders)]
        {
            if report.created.contains(&folder.join("mod.rs")) {
                ProjectFolder::open(&self.root, folder, kind)?.commit(None, &[])?;
            }
        }
        for (name, text) in [("arvel.toml", TOML), ("build.rs", BUILD_RS)] {
            let path = self.root.join(name);
            if report.created.contains(&path) {
                create(&path, text).map_err(|source| WriteError::Io { doing: "write", path, source })?;
            }
        }
        Ok(report)
    }

    fn paths(&self) -> [PathBuf; 4] {
        [
            self.root.join("arvel.toml"),
            self.root.join("build.rs"),
            self.migrations.join("mod.rs"),
            self.seeders.join("mod.rs"),
        ]
    }
}

/// A new file; one that somebody else made meanwhile is not written over.
fn create(path: &Path, text: &str) -> io::Result<()> {
    fs::File::create_new(path)?.write_all(text.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn init(root: &Path) -> Init {
        let folder = |name: &str| root.join("database").join(name);
        Init { root: root.to_path_buf(), migrations: folder("migrations"), seeders: folder("seeders") }
    }

    #[test]
    fn a_project_begins_once_and_what_is_there_stays() {
        let home = tempfile::tempdir().unwrap();
        let (root, init) = (home.path(), init(home.path()));
        fs::write(root.join("build.rs"), "fn main() {}\n").unwrap();
        let planned = init.plan().unwrap();
        assert!(!root.join("arvel.toml").exists());
        let report = init.write().unwrap();
        assert_eq!(report, planned);
        assert_eq!((report.created.len(), report.unguarded), (3, true));
        assert_eq!(report.kept, [root.join("build.rs")]);
        assert_eq!(fs::read_to_string(root.join("build.rs")).unwrap(), "fn main() {}\n");
        let module = fs::read_to_string(root.join("database/migrations/mod.rs")).unwrap();
        assert!(module.contains("arvel_migrate::line!(\"default\");"), "{module}");
        assert!(matches!(init.write(), Err(InitError::Exists)));
    }

    #[test]
    fn files_that_lie_there_already_are_listed() {
        let home = tempfile::tempdir().unwrap();
        let init = init(home.path());
        fs::create_dir_all(&init.migrations).unwrap();
        fs::write(init.migrations.join("1_a.sql"), "SELECT 1;\n").unwrap();
        let report = init.write().unwrap();
        assert_eq!((report.created.len(), report.unguarded), (4, false));
        let module = fs::read_to_string(init.migrations.join("mod.rs")).unwrap();
        assert!(module.contains("sql!(\"1_a.sql\");"), "{module}");
    }
}
