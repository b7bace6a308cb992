//! The configuration of migrations, read once and checked: every error names its key and its source.
//!
//! [`Databases`] are all that are configured, each with its [`Settings`]: what `[databases.<name>]` says, and what
//! `[migrations]` says for all of them.

mod databases;
mod folders;
mod making;
mod packages;
mod published;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};

use arvel_core::{Config, ConfigError, Context, Environment};
use serde::Deserialize;

pub use databases::{Databases, UnknownDatabase, check_name};
pub use folders::same_folder;
pub use making::MakeSettings;
pub use packages::in_place;
pub use published::PackagesError;

use crate::{
    Hooks, Migrator, MigratorBuilder,
    exec::RunOptions,
    history::BookkeepingNames,
    lock::LockOptions,
    migration::{DEFAULT_DATABASE, LineName},
    plan::{Conduct, Policy},
    project::HistoryStyle,
    url::DatabaseUrl,
};

/// The keys that [`Settings`] reads; `*` stands for one segment.
pub const KEYS: &[&str] = &[
    "databases.*.url",
    "databases.*.migrate_url",
    "databases.*.path",
    "databases.*.table",
    "databases.*.schema",
    "databases.*.migrate",
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
    "plugins.*.migrations",
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

/// Everything that the configuration says about the migrations of one database.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The database's name.
    pub name: String,
    /// The application's own URL.
    pub url: DatabaseUrl,
    /// The URL for migrations: another role, or a way round a pooler. The application's own, unless set.
    pub migrate_url: DatabaseUrl,
    /// The folder of the default line, absolute. Databases without a folder of their own share it, and their migrations
    /// say whose they are.
    pub migrations_path: PathBuf,
    /// The folders of other lines by their names, absolute: those of `[migrations.paths]`, and as `database:<name>` those of
    /// databases.
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
    /// The packages whose migrations run without being published, by their own names.
    pub in_place: Arc<[String]>,
    /// The databases that have migrations, in the order of the configuration.
    pub databases: Arc<[String]>,
    /// Those of them that are this very database, with a history in tables of their own.
    pub beside: Vec<String>,
}

/// What all databases have in common.
struct Common {
    shared: PathBuf,
    paths: BTreeMap<String, PathBuf>,
    databases: Arc<[String]>,
    in_place: Arc<[String]>,
}

impl Settings {
    /// Reads what is said about one database.
    fn read(context: &Context, name: &str, common: &Common) -> Result<Self, ConfigError> {
        let config = context.config();
        let key = |key: &str| format!("databases.{name}.{key}");
        let url = |key: &str| url(context, key);
        let seconds = |key: &str| -> Result<Duration, ConfigError> {
            let seconds: f64 = config.get(key)?;
            Duration::try_from_secs_f64(seconds).map_err(|_| {
                config.refuse(key, format!("{seconds} is not a number of seconds"), "such as `60`")
            })
        };
        let application = url(&key("url"))?.ok_or_else(|| ConfigError::Missing { key: key("url") })?;
        let migrate_url = url(&key("migrate_url"))?.unwrap_or_else(|| application.clone());
        let missing = config.get_opt::<Missing>("migrations.missing")?.map(|missing| match missing {
            Missing::Refuse => Conduct::Refuse,
            Missing::Warn => Conduct::Warn,
        });
        let late = match config.get_opt::<Late>("migrations.late")? {
            Some(Late::Refuse) => Conduct::Refuse,
            Some(Late::Run) | None => Conduct::Warn,
        };
        let schema = match config.get_opt(&key("schema"))? {
            Some(schema) => Some(schema),
            None => config.get_opt("migrations.schema")?,
        };
        Ok(Self {
            name: name.to_owned(),
            url: application,
            migrate_url,
            migrations_path: common.shared.clone(),
            paths: common.paths.clone(),
            seeders_path: context.path(config.get::<String>("seeders.path")?),
            names: BookkeepingNames { schema, prefix: table(config, &key("table"))? },
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
            databases: Arc::clone(&common.databases),
            in_place: Arc::clone(&common.in_place),
            beside: Vec::new(),
        })
    }

    /// Whether it is the database that is meant where none is named.
    #[must_use]
    pub fn is_default(&self) -> bool {
        self.name == DEFAULT_DATABASE
    }

    /// The folder of its own, when it has one; the default database has `migrations.path`.
    #[must_use]
    pub fn own_path(&self) -> Option<&Path> {
        match self.is_default() {
            true => Some(&self.migrations_path),
            false => self.paths.get(LineName::of_database(&self.name).as_str()).map(PathBuf::as_path),
        }
    }

    /// The folder that its migrations are written to: its own, or the shared one.
    #[must_use]
    pub fn folder(&self) -> &Path {
        self.own_path().unwrap_or(&self.migrations_path)
    }

    /// Whether there are others beside it.
    #[must_use]
    pub fn is_one_of_several(&self) -> bool {
        self.databases.len() > 1
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

    /// A builder with everything but the catalog set.
    #[must_use]
    pub fn builder(&self) -> MigratorBuilder {
        Migrator::builder_for(self.migrate_url.clone())
            .database(&self.name)
            .names(self.names.clone())
            .policy(self.policy)
            .options(self.run_options())
            .hooks(self.hooks.clone())
    }
}

/// The URL of a key, taken from the project's root.
fn url(context: &Context, key: &str) -> Result<Option<DatabaseUrl>, ConfigError> {
    let config = context.config();
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
}

/// The prefix of the bookkeeping tables: the database's own, else that of all.
fn table(config: &Config, own: &str) -> Result<String, ConfigError> {
    let key = if config.contains(own) { own } else { "migrations.table" };
    let table: String = config.get(key)?;
    if table.is_empty() || table.len() > 40 || !table.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
    {
        let problem = format!("`{table}` can not begin the names of tables");
        return Err(config.refuse(key, problem, "letters, digits and `_`, at most 40"));
    }
    Ok(table)
}
