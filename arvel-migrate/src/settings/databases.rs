//! `[databases]`: which there are, in which order, and that no two of them are mistaken for one another.

use std::sync::Arc;

use arvel_core::{Config, ConfigError, Context, Exit};

use super::{Common, Settings, folders::folders, in_place};
use crate::{graph::nearest, migration::DEFAULT_DATABASE};

/// The databases that have migrations: the default one, then the others in the order of the configuration.
#[derive(Clone, Debug)]
pub struct Databases {
    all: Vec<Settings>,
    /// Those with `migrate = false`.
    unmanaged: Vec<String>,
}

/// A name that no database has.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{}", match unmanaged {
    true => format!("the database `{name}` has no migrations: `databases.{name}.migrate` is false"),
    false => format!("there is no database `{name}`; there are {}", quoted(known)),
})]
pub struct UnknownDatabase {
    /// The name.
    pub name: String,
    /// Those that there are.
    pub known: Vec<String>,
    /// Whether it is configured, without migrations.
    pub unmanaged: bool,
}

impl UnknownDatabase {
    /// A stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        "configuration.unknown_database"
    }

    /// What to do, ready to be pasted.
    #[must_use]
    pub fn hint(&self) -> String {
        let near = nearest(&self.name, self.known.iter().map(String::as_str));
        match (self.unmanaged, near.as_slice()) {
            (true, _) => format!("take `migrate` out of `[databases.{}]`", self.name),
            (false, []) => {
                format!("`[databases.{}]` with a `url` in `arvel.toml` adds it", self.name)
            }
            (false, near) => format!("did you mean {}?", quoted(near)),
        }
    }

    /// The exit code: 3, configuration.
    pub fn exit(&self) -> Exit {
        Exit::CONFIGURATION
    }
}

fn quoted(names: &[String]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

impl Databases {
    /// Reads the configuration.
    ///
    /// # Errors
    /// [`ConfigError`] with the key, its source, and what was expected: a name that can not be one, a database without a
    /// URL, two with one folder, two that would keep their history in one table.
    pub fn from_context(context: &Context) -> Result<Self, ConfigError> {
        let config = context.config();
        let mut names = config.names_under("databases");
        names.retain(|name| name != DEFAULT_DATABASE);
        names.iter().try_for_each(|name| spelt(config, name, &names))?;
        names.insert(0, DEFAULT_DATABASE.to_owned());
        let mut unmanaged = Vec::new();
        for name in &names {
            let key = format!("databases.{name}.migrate");
            if config.get_opt::<bool>(&key)?.is_some_and(|migrate| !migrate) {
                if name == DEFAULT_DATABASE {
                    let problem = "the default database is the one that is migrated";
                    return Err(config.refuse(
                        &key,
                        problem,
                        "take it out, or give another database the name",
                    ));
                }
                unmanaged.push(name.clone());
            }
        }
        names.retain(|name| !unmanaged.contains(name));
        let (shared, paths) = folders(context, &names)?;
        let in_place = Arc::from(in_place(config, &crate::publish::packages())?);
        let common = Common { shared, paths, databases: Arc::from(names.clone()), in_place };
        let mut all: Vec<Settings> =
            names.iter().map(|name| Settings::read(context, name, &common)).collect::<Result<_, _>>()?;
        for (at, settings) in all.iter().enumerate() {
            if let Some(first) = all[..at].iter().find(|first| is_one_history(first, settings)) {
                return Err(one_history(config, first, settings));
            }
        }
        let places: Vec<_> = all.iter().map(|of| (of.name.clone(), of.migrate_url.clone())).collect();
        for settings in &mut all {
            let same = places
                .iter()
                .filter(|(name, url)| *name != settings.name && url.is_same_place(&settings.migrate_url));
            settings.beside = same.map(|(name, _)| name.clone()).collect();
        }
        Ok(Self { all, unmanaged })
    }

    /// The one that is meant where none is named.
    #[must_use]
    pub fn default_one(&self) -> &Settings {
        &self.all[0]
    }

    /// The one of a name.
    ///
    /// # Errors
    /// [`UnknownDatabase`] with the names that there are.
    pub fn get(&self, name: &str) -> Result<&Settings, UnknownDatabase> {
        self.all.iter().find(|settings| settings.name == name).ok_or_else(|| UnknownDatabase {
            name: name.to_owned(),
            known: self.names(),
            unmanaged: self.unmanaged.iter().any(|unmanaged| unmanaged == name),
        })
    }

    /// All of them, in order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &Settings> {
        self.all.iter()
    }

    /// Their names, in order.
    #[must_use]
    pub fn names(&self) -> Vec<String> {
        self.all.iter().map(|settings| settings.name.clone()).collect()
    }
}

/// Whether a text can be the name of a database: small letters, digits and single `_`, a letter first, at most 60. So each
/// name has one variable, and each variable one name.
#[must_use]
pub fn check_name(name: &str) -> bool {
    name.len() <= 60
        && name.starts_with(|c: char| c.is_ascii_lowercase())
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
        && !name.contains("__")
        && !name.ends_with('_')
}

/// Refuses a name whose variable would set another one.
fn spelt(config: &Config, name: &str, names: &[String]) -> Result<(), ConfigError> {
    if check_name(name) {
        return Ok(());
    }
    let key = format!("databases.{name}");
    let folded: String =
        name.to_ascii_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }).collect();
    if let Some(twin) = names.iter().find(|other| *other != name && other.eq_ignore_ascii_case(name)) {
        let problem = format!(
            "`{name}` and `{twin}` are one name: `ARVEL_DATABASES__{}__URL` would set both",
            name.to_ascii_uppercase()
        );
        return Err(config.refuse(&key, problem, format!("keep one of them, spelt `{folded}`")));
    }
    let problem = format!("`{name}` can not be the name of a database");
    let hint = format!(
        "small letters, digits and single `_`, a letter first: each name has one variable, such as \
         `ARVEL_DATABASES__REPORTING__URL`; `{folded}` would do"
    );
    let hint = if check_name(&folded) { hint } else { hint.replace(&format!("; `{folded}` would do"), "") };
    Err(config.refuse(&key, problem, hint))
}

/// Whether two databases would keep their history in the same tables: each would take the rows of the other for its own.
fn is_one_history(one: &Settings, other: &Settings) -> bool {
    one.names == other.names && one.migrate_url.is_same_place(&other.migrate_url)
}

fn one_history(config: &Config, first: &Settings, second: &Settings) -> ConfigError {
    let (one, other) = (&first.name, &second.name);
    let problem = format!(
        "`{one}` and `{other}` are the same database, and both keep their history in `{}`",
        second.names.history()
    );
    config.refuse(
        &format!("databases.{other}.url"),
        problem,
        format!("set `table = \"{other}\"` under `[databases.{other}]`, or another `url`"),
    )
}
