//! Where migrations and seeders are, from the configuration, or from as much of `arvel.toml` as can be read.
//!
//! It refuses to fail: a broken configuration is the very thing that must not stop `make sync`.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use arvel_core::{Exit, FILE_NAME, Invocation};
use arvel_migrate::{
    Hooks,
    project::{AfterWrite, FolderKind, HistoryStyle, Naming, ProjectFolder},
    settings::{MakeSettings, Settings},
};

use crate::error::CommandError;

/// The default of `migrations.path`.
const MIGRATIONS: &str = "database/migrations";
/// The default of `seeders.path`.
const SEEDERS: &str = "database/seeders";
/// The folders of other lines.
const LINES: &str = "migrations.paths";
/// The default of `migrations.templates`.
pub const TEMPLATES: &str = "database/templates";
/// Whether new files name their parents.
const HISTORY: &str = "migrations.history";

/// The folders of a project, absolute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// The project's root.
    pub root: PathBuf,
    /// The folder of the migrations.
    pub migrations: PathBuf,
    /// The folders of other lines by their names: `[migrations.paths]`.
    pub lines: BTreeMap<String, PathBuf>,
    /// The folder of the seeders.
    pub seeders: PathBuf,
    /// `migrations.history` as it is written.
    pub history: Option<String>,
    /// How new files look, or why that can not be read.
    making: Result<MakeSettings, Broken>,
    /// What the program adds to the values of templates.
    pub values: BTreeMap<String, String>,
    /// Whether nothing is compiled in: the global `arvel`.
    pub alone: bool,
}

/// What is wrong with a key, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Broken {
    message: String,
    hint: String,
}

impl Folders {
    /// Those of an application's command.
    pub fn of_invocation(invocation: &Invocation) -> Self {
        let hooks = invocation.provided::<Hooks>();
        let values = hooks.map(|hooks| hooks.template_values().clone()).unwrap_or_default();
        let Ok(context) = invocation.context() else {
            return Self { alone: false, values, ..Self::of_root(invocation.root()) };
        };
        let path = |key: &str, default: &str| {
            context.path(context.config().get_opt(key).ok().flatten().unwrap_or_else(|| default.to_owned()))
        };
        Self {
            root: context.root().to_path_buf(),
            migrations: path("migrations.path", MIGRATIONS),
            lines: context
                .config()
                .keys_under(LINES)
                .into_iter()
                .map(|name| (name.clone(), path(&format!("{LINES}.{name}"), &name)))
                .collect(),
            seeders: path("seeders.path", SEEDERS),
            history: context.config().get_opt(HISTORY).ok().flatten(),
            making: MakeSettings::from_config(context.config())
                .map_err(|error| Broken { message: error.to_string(), hint: error.hint() }),
            values,
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
            lines: settings.paths.clone(),
            seeders: settings.seeders_path.clone(),
            history: Some(history.to_owned()),
            making: Ok(settings.making.clone()),
            values: settings.hooks.template_values().clone(),
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
            lines: file.paths("migrations", "paths").map(|(name, path)| (name, root.join(path))).collect(),
            seeders: path("seeders", SEEDERS),
            history: file.text("migrations", "history"),
            making: file
                .making()
                .map_err(|message| Broken { message, hint: format!("correct the key in `{FILE_NAME}`") }),
            values: BTreeMap::new(),
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

    /// How new files look, as it is written.
    pub fn making(&self) -> Result<&MakeSettings, CommandError> {
        self.making.as_ref().map_err(|broken| {
            let Broken { message, hint } = broken.clone();
            CommandError::new(Exit::CONFIGURATION, "configuration.invalid", message).hint(hint)
        })
    }

    /// How new files are named.
    pub fn naming(&self) -> Result<Naming, CommandError> {
        let making = self.making()?;
        let naming = Naming::new(making.file_template.as_deref(), making.timezone.as_deref());
        naming.map_err(|error| {
            let message = format!("`{}`: {error}", error.key());
            CommandError::new(Exit::CONFIGURATION, "make.naming", message).hint(error.hint())
        })
    }

    /// The configured folders with their lines; the usual one first.
    pub fn configured(&self) -> Vec<(FolderKind, &Path)> {
        let others =
            self.lines.iter().map(|(line, path)| (FolderKind::Migrations { line: line.clone() }, &**path));
        std::iter::once((FolderKind::migrations(), &*self.migrations)).chain(others).collect()
    }

    /// The folder whose `mod.rs` lists what lies in a folder, and the way from there: the folder itself, or the one around
    /// it, up to a configured one, that has a list.
    pub fn listing(&self, folder: &Path) -> Result<(ProjectFolder, String), CommandError> {
        let open = |path: &Path, kind: FolderKind| ProjectFolder::open(&self.root, path, kind);
        let wanted = open(folder, FolderKind::migrations())?;
        let mut around = Vec::new();
        for (kind, path) in self.configured() {
            let configured = open(path, kind)?;
            if wanted.path().starts_with(configured.path()) {
                around.push(configured);
            }
        }
        let Some(configured) = around.into_iter().max_by_key(|folder| folder.path().components().count())
        else {
            return Ok((wanted, String::new()));
        };
        let listed = wanted.path().ancestors().take_while(|path| *path != configured.path());
        let own = listed.map(Path::to_path_buf).find(|path| path.join("mod.rs").is_file());
        let folder = match own {
            Some(path) => open(&path, FolderKind::Migrations { line: configured.line()?.to_string() })?,
            None => configured,
        };
        let way = wanted.path().strip_prefix(folder.path()).map(Path::to_path_buf).unwrap_or_default();
        let way: Vec<String> = way.iter().map(|part| part.to_string_lossy().into_owned()).collect();
        let way = if way.is_empty() { String::new() } else { format!("{}/", way.join("/")) };
        Ok((folder, way))
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

    /// The keys of `[migrations]` about new files.
    fn making(&self) -> Result<MakeSettings, String> {
        let key = |key: &str| self.0.get("migrations").and_then(|table| table.get(key)).cloned();
        let text = |name: &str| match key(name) {
            None => Ok(None),
            Some(toml::Value::String(text)) => Ok(Some(text)),
            Some(_) => Err(format!("`migrations.{name}`: expected text")),
        };
        let commands = key("after_write").map(toml::Value::try_into::<Vec<AfterWrite>>).transpose();
        Ok(MakeSettings {
            templates: text("templates")?,
            file_template: text("file_template")?,
            timezone: text("timezone")?,
            after_write: commands
                .map_err(|error| format!("`migrations.after_write`: {}", error.message()))?
                .unwrap_or_default(),
        })
    }

    /// The texts of `[table.key]`.
    pub fn paths(&self, table: &str, key: &str) -> impl Iterator<Item = (String, String)> {
        let found = self.0.get(table).and_then(|table| table.get(key)).and_then(toml::Value::as_table);
        let texts = found.into_iter().flatten().filter_map(|(name, value)| Some((name, value.as_str()?)));
        texts.map(|(name, path)| (name.clone(), path.to_owned())).collect::<Vec<_>>().into_iter()
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
