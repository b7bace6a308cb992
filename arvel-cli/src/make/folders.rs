//! Where migrations and seeders are, from the configuration, or from as much of `arvel.toml` as can be read.
//!
//! It refuses to fail: a broken configuration is the very thing that must not stop `make sync`.

use std::path::{Path, PathBuf};

use arvel_core::{Exit, FILE_NAME, Invocation};
use arvel_migrate::{project::HistoryStyle, settings::Settings};

use crate::error::CommandError;

/// The default of `migrations.path`.
const MIGRATIONS: &str = "database/migrations";
/// The default of `seeders.path`.
const SEEDERS: &str = "database/seeders";
/// Whether new files name their parents.
const HISTORY: &str = "migrations.history";

/// The folders of a project, absolute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// The project's root.
    pub root: PathBuf,
    /// The folder of the migrations.
    pub migrations: PathBuf,
    /// The folder of the seeders.
    pub seeders: PathBuf,
    /// `migrations.history` as it is written.
    pub history: Option<String>,
    /// Whether nothing is compiled in: the global `arvel`.
    pub alone: bool,
}

impl Folders {
    /// Those of an application's command.
    pub fn of_invocation(invocation: &Invocation) -> Self {
        let Ok(context) = invocation.context() else {
            return Self { alone: false, ..Self::of_root(invocation.root()) };
        };
        let path = |key: &str, default: &str| {
            context.path(context.config().get_opt(key).ok().flatten().unwrap_or_else(|| default.to_owned()))
        };
        Self {
            root: context.root().to_path_buf(),
            migrations: path("migrations.path", MIGRATIONS),
            seeders: path("seeders.path", SEEDERS),
            history: context.config().get_opt(HISTORY).ok().flatten(),
            alone: false,
        }
    }

    /// Those of a `db` command.
    pub fn of_settings(settings: &Settings) -> Self {
        let history = match settings.history {
            HistoryStyle::Linear => "linear",
            HistoryStyle::Graph => "graph",
        };
        Self {
            root: settings.root.clone(),
            migrations: settings.migrations_path.clone(),
            seeders: settings.seeders_path.clone(),
            history: Some(history.to_owned()),
            alone: false,
        }
    }

    /// Those that the `arvel.toml` of a root names, whatever else is wrong with it.
    pub fn of_root(root: &Path) -> Self {
        let file = Manifest::read(&root.join(FILE_NAME));
        let path = |table: &str, default: &str| {
            root.join(file.text(table, "path").unwrap_or_else(|| default.to_owned()))
        };
        Self {
            root: root.to_path_buf(),
            migrations: path("migrations", MIGRATIONS),
            seeders: path("seeders", SEEDERS),
            history: file.text("migrations", "history"),
            alone: true,
        }
    }

    /// Whether new files say what they follow. A word that is neither is an error: guessed wrong, a file would join
    /// branches, or fork them.
    pub fn style(&self) -> Result<HistoryStyle, CommandError> {
        match self.history.as_deref() {
            None | Some("linear") => Ok(HistoryStyle::Linear),
            Some("graph") => Ok(HistoryStyle::Graph),
            Some(other) => {
                let message = format!("`{HISTORY}` is `{other}`");
                Err(CommandError::new(Exit::CONFIGURATION, "configuration.invalid", message)
                    .hint("write `linear` or `graph`"))
            }
        }
    }

    /// A path as it is shown: from the root, where it is below it.
    pub fn shown(&self, path: &Path) -> PathBuf {
        let real = self.root.canonicalize().unwrap_or_else(|_| self.root.clone());
        let inside = path.strip_prefix(&self.root).or_else(|_| path.strip_prefix(&real));
        inside.unwrap_or(path).to_path_buf()
    }
}

/// A TOML file as far as it can be read; nothing when it can not.
pub struct Manifest(toml::Table);

impl Manifest {
    /// Reads a file; an absent or broken one says nothing.
    pub fn read(path: &Path) -> Self {
        let text = std::fs::read_to_string(path).unwrap_or_default();
        Self(text.parse().unwrap_or_default())
    }

    /// The text of `[table] key`.
    pub fn text(&self, table: &str, key: &str) -> Option<String> {
        self.0.get(table)?.get(key)?.as_str().map(str::to_owned)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_configuration_still_has_folders() {
        let home = tempfile::tempdir().expect("a folder");
        let root = home.path();
        let (default, other) = (root.join(MIGRATIONS), root.join("db/changes"));
        let table = [
            ("", &default),
            ("[nonsense]\nx = 1\n[migrations]\npath = 'db/changes'\n", &other),
            ("[migrations\n", &default),
            ("[migrations]\npath = 3\n", &default),
        ];
        for (text, expected) in table {
            std::fs::write(root.join(FILE_NAME), text).expect("written");
            assert_eq!(Folders::of_root(root).migrations, *expected, "{text}");
        }
    }
}
