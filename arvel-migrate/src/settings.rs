//! The configuration of migrations, read once and checked: every error names its key and its source.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    time::Duration,
};

use arvel_core::{Config, ConfigError, Context, Environment};
use serde::Deserialize;

use crate::{
    Error, Hooks, Migrator, MigratorBuilder,
    exec::RunOptions,
    history::BookkeepingNames,
    lock::LockOptions,
    migration::{Catalog, LineName, Precedence},
    plan::{Conduct, Policy},
    project::{AfterWrite, HistoryStyle},
    url::DatabaseUrl,
};

/// The keys that [`Settings`] reads; `*` stands for one segment.
pub const KEYS: &[&str] = &[
    "databases.*.url",
    "databases.*.migrate_url",
    "migrations.path",
    "migrations.paths.*",
    "migrations.table",
    "migrations.schema",
    "migrations.on_startup",
    "migrations.startup_timeout",
    "migrations.lock_timeout",
    "migrations.statement_lock_timeout",
    "migrations.late",
    "migrations.missing",
    "migrations.history",
    "migrations.templates",
    "migrations.file_template",
    "migrations.timezone",
    "migrations.after_write",
    "migrations.prohibit_destructive",
    "seeders.path",
];

/// What a starting program does about pending migrations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum OnStartup {
    /// Applies them under the lock before it serves.
    Apply,
    /// Serves, and is not ready while something is pending.
    Check,
    /// Reads nothing.
    Off,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Late {
    Run,
    Refuse,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Missing {
    Refuse,
    Warn,
}

/// Everything that the configuration says about migrations.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The application's own URL.
    pub url: DatabaseUrl,
    /// The URL for migrations: another role, or a way round a pooler. The application's own, unless set.
    pub migrate_url: DatabaseUrl,
    /// The folder of the default line, absolute.
    pub migrations_path: PathBuf,
    /// The folders of other lines by their names, absolute.
    pub paths: BTreeMap<String, PathBuf>,
    /// The folder of the seeders, absolute.
    pub seeders_path: PathBuf,
    /// The names of the bookkeeping tables.
    pub names: BookkeepingNames,
    /// What commands do about missing, changed and late revisions.
    pub policy: Policy,
    /// How new files look, and what is run on them.
    pub making: MakeSettings,
    /// Whether new files say what they follow.
    pub history: HistoryStyle,
    /// `migrations.missing` as written: only then it concerns the start of a program.
    pub missing_at_start: Option<Conduct>,
    /// The wait of commands for another migrator.
    pub lock_timeout: Duration,
    /// How long a single statement waits for locks.
    pub statement_lock_timeout: Duration,
    /// What the start of a program does.
    pub on_startup: OnStartup,
    /// The wait of a starting program for another migrator.
    pub startup_timeout: Duration,
    /// Blocks fresh, refresh, reset, wipe and drop, consent or not.
    pub prohibit_destructive: bool,
    /// The environment of the process.
    pub environment: Environment,
    /// The project's root.
    pub root: PathBuf,
    /// Whether migrations are read from the folder too, besides those compiled in.
    pub read_folder: bool,
    /// What the program adds to its runs.
    pub hooks: Hooks,
}

/// How new files look, as it is written: a template or a time zone is looked at when a file is made, so that a server
/// without files, or without time zones, is not kept from migrating.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MakeSettings {
    /// `migrations.templates`: the folder of the project's own templates.
    pub templates: Option<String>,
    /// `migrations.file_template`.
    pub file_template: Option<String>,
    /// `migrations.timezone`.
    pub timezone: Option<String>,
    /// `migrations.after_write`.
    pub after_write: Vec<AfterWrite>,
}

impl MakeSettings {
    /// Reads the keys.
    ///
    /// # Errors
    /// [`ConfigError`] with the key, its source, and what was expected.
    pub fn from_config(config: &Config) -> Result<Self, ConfigError> {
        Ok(Self {
            templates: config.get_opt("migrations.templates")?,
            file_template: config.get_opt("migrations.file_template")?,
            timezone: config.get_opt("migrations.timezone")?,
            after_write: commands(config)?,
        })
    }
}

/// `migrations.after_write`, command by command, so that an error says which one.
fn commands(config: &Config) -> Result<Vec<AfterWrite>, ConfigError> {
    const KEY: &str = "migrations.after_write";
    let written: Vec<serde_json::Value> = config.get_opt(KEY)?.unwrap_or_default();
    let read = |(at, value): (usize, serde_json::Value)| {
        serde_json::from_value(value).map_err(|error| {
            let problem = format!("command {}: {error}", at + 1);
            config.refuse(KEY, problem, "such as `after_write = [[\"rustfmt\", \"{file}\"]]`")
        })
    };
    written.into_iter().enumerate().map(read).collect()
}

impl Settings {
    /// Reads the configuration.
    ///
    /// # Errors
    /// [`ConfigError`] with the key, its source, and what was expected.
    pub fn from_context(context: &Context) -> Result<Self, ConfigError> {
        let config = context.config();
        let url = |key: &str| -> Result<Option<DatabaseUrl>, ConfigError> {
            let Some(text) = config.get_opt::<String>(key)? else { return Ok(None) };
            let url = DatabaseUrl::parse(&text).map_err(|error| {
                config.refuse(
                    key,
                    error.to_string(),
                    "such as `sqlite://database/app.db` or `postgres://user@host/name`",
                )
            })?;
            if !url.is_file() && url.database().is_empty() {
                let problem = crate::url::UrlError::NoDatabase.to_string();
                return Err(config.refuse(key, problem, "such as `postgres://user@host/name`"));
            }
            Ok(Some(url.resolved(context.root())))
        };
        let seconds = |key: &str| -> Result<Duration, ConfigError> {
            let seconds: f64 = config.get(key)?;
            Duration::try_from_secs_f64(seconds).map_err(|_| {
                config.refuse(key, format!("{seconds} is not a number of seconds"), "such as `60`")
            })
        };
        let application = url("databases.default.url")?
            .ok_or_else(|| ConfigError::Missing { key: "databases.default.url".to_owned() })?;
        let migrate_url = url("databases.default.migrate_url")?.unwrap_or_else(|| application.clone());
        let missing = config.get_opt::<Missing>("migrations.missing")?.map(|missing| match missing {
            Missing::Refuse => Conduct::Refuse,
            Missing::Warn => Conduct::Warn,
        });
        let late = match config.get_opt::<Late>("migrations.late")? {
            Some(Late::Refuse) => Conduct::Refuse,
            Some(Late::Run) | None => Conduct::Warn,
        };
        let table: String = config.get("migrations.table")?;
        if table.is_empty()
            || table.len() > 40
            || !table.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        {
            let problem = format!("`{table}` can not begin the names of tables");
            return Err(config.refuse("migrations.table", problem, "letters, digits and `_`, at most 40"));
        }
        Ok(Self {
            url: application,
            migrate_url,
            migrations_path: context.path(config.get::<String>("migrations.path")?),
            paths: paths(context)?,
            seeders_path: context.path(config.get::<String>("seeders.path")?),
            names: BookkeepingNames { schema: config.get_opt("migrations.schema")?, prefix: table },
            policy: Policy { missing: missing.unwrap_or(Conduct::Refuse), late },
            making: MakeSettings::from_config(config)?,
            history: config.get_opt("migrations.history")?.unwrap_or_default(),
            missing_at_start: missing,
            lock_timeout: seconds("migrations.lock_timeout")?,
            statement_lock_timeout: seconds("migrations.statement_lock_timeout")?,
            on_startup: config.get("migrations.on_startup")?,
            startup_timeout: seconds("migrations.startup_timeout")?,
            prohibit_destructive: config.get("migrations.prohibit_destructive")?,
            environment: context.environment(),
            root: context.root().to_path_buf(),
            read_folder: context.debug_build(),
            hooks: context.provided::<Hooks>().map(|hooks| Hooks::clone(&hooks)).unwrap_or_default(),
        })
    }

    /// How runs behave by these settings.
    #[must_use]
    pub fn run_options(&self) -> RunOptions {
        RunOptions {
            lock: LockOptions { timeout: self.lock_timeout },
            lock_wait: self.statement_lock_timeout,
            environment: Some(self.environment),
            ..RunOptions::default()
        }
    }

    /// The catalog: what is compiled in, in debug builds overlaid with the SQL files of the folder, and the SQL files of
    /// `extra` folders.
    ///
    /// # Errors
    /// What is wrong with the set of migrations.
    pub fn catalog(&self, extra: &[PathBuf]) -> Result<Catalog, Error> {
        let mut catalog = Catalog::compiled()?;
        let own = self.read_folder && self.migrations_path.is_dir();
        if own {
            catalog = self.overlaid(catalog, &self.migrations_path)?;
        }
        let configured = self.paths.values().filter(|folder| self.read_folder && folder.is_dir());
        let configured: Vec<&PathBuf> = configured.collect();
        for folder in &configured {
            catalog = self.overlaid(catalog, folder)?;
        }
        for folder in extra {
            let is_own = own && same_folder(folder, &self.migrations_path)
                || configured.iter().any(|known| same_folder(folder, known));
            if !is_own {
                catalog = self.overlaid(catalog, folder)?;
            }
        }
        Ok(catalog)
    }

    /// A catalog with the SQL files of a folder, whose text counts. What lies in it and is configured itself is left out.
    fn overlaid(&self, catalog: Catalog, folder: &Path) -> Result<Catalog, Error> {
        let others: Vec<PathBuf> = self.paths.values().cloned().collect();
        let disk = Catalog::read_folder_except(folder, &self.line_of(folder), &others)?;
        Ok(catalog.merge(disk, Precedence::Disk)?)
    }

    /// The line of a folder: that of the configured folder that it is or lies in, the innermost of them; else one of the
    /// folder's own name. A file of another folder does not follow those of the default line.
    #[must_use]
    pub fn line_of(&self, folder: &Path) -> LineName {
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_path_buf());
        let folder = real(folder);
        let configured = self.paths.iter().map(|(name, path)| (name, real(path)));
        let around = configured.filter(|(_, path)| folder.starts_with(path));
        if let Some((name, _)) = around.max_by_key(|(_, path)| path.components().count()) {
            return LineName::new(name);
        }
        match folder.file_name() {
            Some(name) if !folder.starts_with(real(&self.migrations_path)) => {
                LineName::new(&name.to_string_lossy())
            }
            _ => LineName::default_line(),
        }
    }

    /// A builder with everything but the catalog set.
    #[must_use]
    pub fn builder(&self) -> MigratorBuilder {
        Migrator::builder_for(self.migrate_url.clone())
            .names(self.names.clone())
            .policy(self.policy)
            .options(self.run_options())
            .hooks(self.hooks.clone())
    }
}

/// `[migrations.paths]`: names of lines and their folders.
fn paths(context: &Context) -> Result<BTreeMap<String, PathBuf>, ConfigError> {
    let config = context.config();
    let mut paths: BTreeMap<String, PathBuf> = BTreeMap::new();
    for name in config.keys_under("migrations.paths") {
        let key = format!("migrations.paths.{name}");
        let path = context.path(config.get::<String>(&key)?);
        if let Some(problem) = bad_line(&name) {
            return Err(config.refuse(&key, problem, "such as `search = \"database/search\"`"));
        }
        if let Some((other, _)) = paths.iter().find(|(_, known)| **known == path) {
            let problem = format!("`{other}` has this folder too");
            return Err(config.refuse(&key, problem, "a folder belongs to one line"));
        }
        paths.insert(name, path);
    }
    Ok(paths)
}

/// Why a name is none of a line.
fn bad_line(name: &str) -> Option<String> {
    if name == LineName::default_line().as_str() {
        return Some("`default` is the line of `migrations.path`".to_owned());
    }
    let good = name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.'));
    (!good).then(|| format!("`{name}` is no name of a line"))
}

/// Whether two paths are one folder, after links are followed.
fn same_folder(one: &Path, other: &Path) -> bool {
    match (one.canonicalize(), other.canonicalize()) {
        (Ok(one), Ok(other)) => one == other,
        _ => one == other,
    }
}
