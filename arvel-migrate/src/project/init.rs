//! The first files of a project: the two folders with their `mod.rs`, `arvel.toml`, and the build guard.
//!
//! What is there is never touched: it is reported as kept, and a project that has all of them is refused.

use std::{collections::BTreeMap, fs, path::PathBuf};

use super::{BUILD_RS, FolderKind, ProjectFolder, WriteError, new_folder::create};
use crate::migration::LineName;

const TOML: &str = r#"[databases.default]
url = "sqlite://database/app.db"

[migrations]
on_startup = "apply"

[profile.production.migrations]
on_startup = "check"
prohibit_destructive = true
"#;

/// The same for two databases.
const TOML_OF_TWO: &str = r#"[databases.default]
url = "sqlite://database/app.db"

[databases.reporting]
url = "sqlite://database/reporting.db"
path = "database/reporting"

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
    /// The folders of other lines and databases by their lines, absolute.
    pub lines: BTreeMap<String, PathBuf>,
    /// The folder of the seeders, absolute.
    pub seeders: PathBuf,
    /// Whether a new `arvel.toml` has two databases.
    pub multi: bool,
}

impl Init {
    /// The name of the second database that a new project with several begins with.
    pub const SECOND: &str = "reporting";
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
        "the project is set up already: `arvel.toml`, `build.rs` and the `mod.rs` of every folder are there"
    )]
    Exists,
    /// Several databases are asked for, and the `arvel.toml` that is there has one.
    #[error(
        "`arvel.toml` is there, and has no database with a folder of its own beside `default`; nothing was written"
    )]
    OneDatabase,
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
        if self.multi && self.root.join("arvel.toml").exists() && !self.has_databases() {
            return Err(InitError::OneDatabase);
        }
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
        let mut folders: Vec<(PathBuf, FolderKind)> = self.folders();
        folders.push((self.seeders.clone(), FolderKind::Seeders));
        for (folder, kind) in &folders {
            if report.created.contains(&folder.join("mod.rs")) {
                ProjectFolder::open(&self.root, folder, kind.clone())?.commit(None, &[])?;
            }
        }
        let toml = if self.multi { TOML_OF_TWO } else { TOML };
        for (name, text) in [("arvel.toml", toml), ("build.rs", BUILD_RS)] {
            let path = self.root.join(name);
            if report.created.contains(&path) {
                create(&path, text)?;
            }
        }
        Ok(report)
    }

    /// The folders of migrations: those that are configured, or those that a new `arvel.toml` names.
    #[must_use]
    pub fn folders(&self) -> Vec<(PathBuf, FolderKind)> {
        let of_line =
            |(line, path): (&String, &PathBuf)| (path.clone(), FolderKind::Migrations { line: line.clone() });
        let mut folders = vec![(self.migrations.clone(), FolderKind::migrations())];
        folders.extend(self.lines.iter().map(of_line));
        if self.multi && !self.has_databases() {
            let line = LineName::of_database(Self::SECOND).to_string();
            folders.push(of_line((&line, &self.root.join("database").join(Self::SECOND))));
        }
        folders
    }

    fn has_databases(&self) -> bool {
        self.lines.keys().any(|line| LineName::new(line).database().is_some())
    }

    fn paths(&self) -> Vec<PathBuf> {
        let mut paths = vec![self.root.join("arvel.toml"), self.root.join("build.rs")];
        paths.extend(self.folders().iter().map(|(path, _)| path.join("mod.rs")));
        paths.push(self.seeders.join("mod.rs"));
        paths
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn init(root: &Path) -> Init {
        let folder = |name: &str| root.join("database").join(name);
        let (migrations, seeders) = (folder("migrations"), folder("seeders"));
        Init { root: root.to_path_buf(), migrations, lines: BTreeMap::new(), seeders, multi: false }
    }

    #[test]
    fn two_databases_begin_with_a_folder_each() {
        let home = tempfile::tempdir().unwrap();
        let (root, init) = (home.path(), Init { multi: true, ..init(home.path()) });
        assert_eq!(init.write().unwrap().created.len(), 5);
        let module = fs::read_to_string(root.join("database/reporting/mod.rs")).unwrap();
        assert!(module.contains("arvel_migrate::line!(\"database:reporting\");"), "{module}");
        let toml = fs::read_to_string(root.join("arvel.toml")).unwrap();
        assert!(
            toml.contains("[databases.reporting]") && toml.contains("path = \"database/reporting\""),
            "{toml}"
        );
        // The caller knows one folder: the file that is there has no second database.
        assert!(matches!(init.write(), Err(InitError::OneDatabase)));
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
