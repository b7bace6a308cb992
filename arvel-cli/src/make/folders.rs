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
    migration::{DEFAULT_DATABASE, LineName},
    project::{AfterWrite, FolderKind, HistoryStyle, Naming, ProjectFolder},
    publish::packages,
    settings::{self, MakeSettings, Settings, UnknownDatabase, same_folder},
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
/// The databases.
const DATABASES: &str = "databases";
/// Whether new files name their parents.
const HISTORY: &str = "migrations.history";

/// The folders of a project, absolute.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folders {
    /// The project's root.
    pub root: PathBuf,
    /// The folder of the migrations.
    pub migrations: PathBuf,
    /// The folders of other lines by their names: `[migrations.paths]`, and as `database:<name>` those of databases.
    pub lines: BTreeMap<String, PathBuf>,
    /// The database that was named; `None` is the one of the folder.
    pub database: Option<String>,
    /// The names of all databases.
    pub names: Vec<String>,
    /// The folder of the seeders.
    pub seeders: PathBuf,
    /// `migrations.history` as it is written.
    pub history: Option<String>,
    /// How new files look, or why that can not be read.
    making: Result<MakeSettings, Broken>,
    /// What the program adds to the values of templates.
    pub values: BTreeMap<String, String>,
    /// The packages whose migrations run in place.
    pub in_place: Vec<String>,
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
        let config = context.config();
        let text = |key: &str| config.get_opt::<String>(key).ok().flatten();
        let (lines, names) = (config.keys_under(LINES), config.names_under(DATABASES));
        let making = MakeSettings::from_config(config)
            .map_err(|error| Broken { message: error.to_string(), hint: error.hint() });
        let in_place = settings::in_place(config, &packages()).unwrap_or_default();
        Self { alone: false, values, in_place, ..Self::read(context.root(), &lines, &names, text, making) }
    }

    /// Those of a `db` command about a database, which was named or not.
    pub fn of_settings(settings: &Settings, named: bool) -> Self {
        let history = match settings.history {
            HistoryStyle::Linear => "linear",
            HistoryStyle::Graph => "graph",
        };
        Self {
            root: settings.root.clone(),
            migrations: settings.migrations_path.clone(),
            lines: settings.paths.clone(),
            database: named.then(|| settings.name.clone()),
            names: settings.databases.to_vec(),
            seeders: settings.seeders_path.clone(),
            history: Some(history.to_owned()),
            making: Ok(settings.making.clone()),
            values: settings.hooks.template_values().clone(),
            in_place: settings.in_place.to_vec(),
            alone: false,
        }
    }

    /// Those that the `arvel.toml` of a root names, whatever else is wrong with it.
    pub fn of_root(root: &Path) -> Self {
        let file = Manifest::read(&root.join(FILE_NAME));
        let making = file.making();
        let making =
            making.map_err(|message| Broken { message, hint: format!("correct the key in `{FILE_NAME}`") });
        Self::read(root, &file.names(LINES), &file.names(DATABASES), |key| file.dotted(key), making)
    }

    fn read(
        root: &Path,
        lines: &[String],
        databases: &[String],
        text: impl Fn(&str) -> Option<String>,
        making: Result<MakeSettings, Broken>,
    ) -> Self {
        let path = |key: &str| text(key).map(|path| root.join(path));
        let line = |name: &String| Some((name.clone(), path(&format!("{LINES}.{name}"))?));
        let mut names = vec![DEFAULT_DATABASE.to_owned()];
        names.extend(databases.iter().filter(|name| *name != DEFAULT_DATABASE).cloned());
        let own = |name: &String| path(&format!("{DATABASES}.{name}.path"));
        let of_database = |name: &String| Some((LineName::of_database(name).to_string(), own(name)?));
        let shared = own(&DEFAULT_DATABASE.to_owned()).or_else(|| path("migrations.path"));
        Self {
            root: root.to_path_buf(),
            migrations: shared.unwrap_or_else(|| root.join(MIGRATIONS)),
            lines: lines
                .iter()
                .filter_map(line)
                .chain(names.iter().skip(1).filter_map(of_database))
                .collect(),
            database: None,
            seeders: path("seeders.path").unwrap_or_else(|| root.join(SEEDERS)),
            history: text(HISTORY),
            names,
            making,
            values: BTreeMap::new(),
            in_place: Vec::new(),
            alone: true,
        }
    }

    /// The same for the files of a database.
    pub fn for_database(mut self, name: Option<&str>) -> Result<Self, CommandError> {
        let Some(name) = name else { return Ok(self) };
        if !self.names.iter().any(|known| known == name) {
            let (name, known) = (name.to_owned(), self.names);
            return Err(UnknownDatabase { name, known, unmanaged: false }.into());
        }
        self.database = Some(name.to_owned());
        Ok(self)
    }

    /// The folder that files are written to: that of the database that was named, if it has one, else the shared one.
    pub fn usual(&self) -> &Path {
        let own = self.database.as_deref().and_then(|name| self.own(name));
        own.unwrap_or(&self.migrations)
    }

    /// The folder of a database, when it is not the shared one.
    pub fn own(&self, database: &str) -> Option<&Path> {
        self.lines.get(LineName::of_database(database).as_str()).map(PathBuf::as_path)
    }

    /// Whether several databases have their migrations in the shared folder.
    pub fn is_shared(&self, folder: &Path) -> bool {
        let others = self.names.iter().filter(|name| *name != DEFAULT_DATABASE);
        same_folder(&self.migrations, folder) && others.into_iter().any(|name| self.own(name).is_none())
    }

    /// The line that the configuration gives to a folder.
    pub fn line_of(&self, folder: &Path) -> Option<LineName> {
        if same_folder(&self.migrations, folder) {
            return Some(LineName::default_line());
        }
        let own = self.lines.iter().find(|(_, path)| same_folder(path, folder));
        own.map(|(line, _)| LineName::new(line))
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

    /// The table of `a.b.c`; the whole file for nothing.
    pub fn table(&self, key: &str) -> Option<&toml::Table> {
        let mut names = key.split('.').filter(|name| !name.is_empty());
        names.try_fold(&self.0, |table, name| table.get(name)?.as_table())
    }

    /// The text of `a.b.c`.
    fn dotted(&self, key: &str) -> Option<String> {
        let (tables, last) = key.rsplit_once('.').unwrap_or(("", key));
        self.table(tables)?.get(last)?.as_str().map(str::to_owned)
    }

    /// The names in `[table]`.
    fn names(&self, table: &str) -> Vec<String> {
        self.table(table).into_iter().flat_map(|table| table.keys().cloned()).collect()
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

    #[test]
    fn a_database_has_its_folder_or_shares_one() {
        let home = tempfile::tempdir().expect("a folder");
        let root = home.path();
        let text = "[databases.reporting]\npath = 'database/reporting'\n[databases.audit]\nurl = 'x'\n";
        std::fs::write(root.join(FILE_NAME), text).expect("written");
        let of = |name| Folders::of_root(root).for_database(name).map(|of| of.usual().to_path_buf());
        assert_eq!(of(None).ok(), Some(root.join(MIGRATIONS)));
        assert_eq!(of(Some("reporting")).ok(), Some(root.join("database/reporting")));
        assert_eq!(of(Some("audit")).ok(), Some(root.join(MIGRATIONS)));
        let error = of(Some("reportng")).expect_err("nobody has it");
        assert_eq!(error.exit, Exit::CONFIGURATION);
        assert_eq!(error.hint.as_deref(), Some("did you mean `reporting`?"));
    }
}
