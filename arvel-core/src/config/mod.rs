//! Configuration: what it is, where each value came from, and what is wrong with it.
//!
//! A value is asked for by its key and comes back typed, or as an error that names the key, the source, what
//! was expected and what was found. Configuration is read once, before anything happens; this module refuses
//! to watch files or to change the process environment.

mod error;
mod file;
pub(crate) mod keys;
pub(crate) mod resolve;
mod source;
#[cfg(test)]
mod tests;
mod variables;

use std::{collections::BTreeMap, fmt, sync::Arc};

use figment::{
    Figment,
    providers::Serialized,
    value::{Dict, Value},
};
use serde::de::DeserializeOwned;

pub use self::{error::ConfigError, source::Source, variables::Surroundings};

/// One value of one layer.
#[derive(Clone, Debug)]
pub(crate) struct Leaf {
    pub key: String,
    pub value: Value,
    pub source: Source,
}

/// The merged configuration. Cheap to clone.
///
/// ```
/// use arvel_core::Config;
///
/// let config = Config::of([("server.port", 8080.into()), ("databases.default.url", "sqlite::memory:".into())]);
/// assert_eq!(config.get::<u16>("server.port").unwrap(), 8080);
/// assert_eq!(config.keys_under("databases"), ["default"]);
/// let error = config.get::<u16>("databases.default.url").unwrap_err();
/// assert_eq!(error.to_string(), "`databases.default.url` (code): expected u16, found text");
/// ```
#[derive(Clone)]
pub struct Config {
    inner: Arc<Inner>,
}

struct Inner {
    figment: Figment,
    sources: BTreeMap<String, Source>,
    /// The keys in the order in which they were first said, without what only the command line says.
    said: Vec<String>,
}

impl Config {
    /// A configuration of exactly these values, for tests and for programs without an [`App`](crate::App).
    pub fn of<K: Into<String>>(values: impl IntoIterator<Item = (K, Value)>) -> Self {
        Self::of_leaves(values.into_iter().map(|(key, value)| Leaf {
            key: key.into(),
            value,
            source: Source::Code,
        }))
    }

    /// Merges leaves; a later one wins.
    pub(crate) fn of_leaves(leaves: impl IntoIterator<Item = Leaf>) -> Self {
        let mut sources = BTreeMap::new();
        let mut figment = Figment::new();
        let mut said = Vec::new();
        for Leaf { key, value, source } in leaves {
            figment = figment.merge(Serialized::defaults(nest(&key, value)));
            if source != Source::CommandLine && !said.contains(&key) {
                said.push(key.clone());
            }
            sources.insert(key, source);
        }
        Self { inner: Arc::new(Inner { figment, sources, said }) }
    }

    /// The value of `key`. Text is read as a number or a boolean where one is wanted.
    pub fn get<T: DeserializeOwned>(&self, key: &str) -> Result<T, ConfigError> {
        self.inner.figment.extract_inner_lossy(key).map_err(|error| {
            ConfigError::of_figment(key, error, |key| self.origin(key), |key| self.holds_secret(key))
        })
    }

    /// The value of `key`, or `None` when it is not set. A value of the wrong kind is an error all the same.
    pub fn get_opt<T: DeserializeOwned>(&self, key: &str) -> Result<Option<T>, ConfigError> {
        if self.contains(key) { self.get(key).map(Some) } else { Ok(None) }
    }

    /// The table at `key`. One that is not there is an empty one, so that the defaults of `T` apply.
    pub fn section<T: DeserializeOwned>(&self, key: &str) -> Result<T, ConfigError> {
        if self.contains(key) {
            return self.get(key);
        }
        Self::of([(key, Value::from(Dict::new()))]).get(key)
    }

    /// Whether `key` has a value, or values below it.
    pub fn contains(&self, key: &str) -> bool {
        self.inner.figment.contains(key)
    }

    /// The names directly below `key`, sorted: `keys_under("databases")` lists the databases.
    pub fn keys_under(&self, key: &str) -> Vec<String> {
        match self.inner.figment.find_value(key) {
            Ok(Value::Dict(_, dict)) => dict.into_keys().collect(),
            _ => Vec::new(),
        }
    }

    /// The names directly below `key`, in the order in which they were first said: by the defaults, by the lines of
    /// `arvel.toml`, by its profile, by variables. The command line sets what is there and adds no name: with
    /// `--url` for a database that nobody configured there is still no such database.
    ///
    /// ```
    /// use arvel_core::Config;
    ///
    /// let config = Config::of([("databases.default.url", "a".into()), ("databases.audit.url", "b".into())]);
    /// assert_eq!(config.names_under("databases"), ["default", "audit"]);
    /// ```
    pub fn names_under(&self, key: &str) -> Vec<String> {
        let below = format!("{key}.");
        let mut names: Vec<String> = Vec::new();
        for said in &self.inner.said {
            let Some(name) = said.strip_prefix(&below).and_then(|rest| rest.split('.').next()) else {
                continue;
            };
            if !names.iter().any(|known| known == name) {
                names.push(name.to_owned());
            }
        }
        names
    }

    /// Where the value of `key` came from, in words: "`arvel.toml` line 3", "environment variable `X`".
    pub fn source_of(&self, key: &str) -> String {
        self.origin(key).to_string()
    }

    /// Where the value of `key` came from; for a table, the source of its first value.
    pub fn origin(&self, key: &str) -> Source {
        let sources = &self.inner.sources;
        let below = format!("{key}.");
        let above = || {
            let prefixes = key.match_indices('.').map(|(at, _)| &key[..at]);
            prefixes.rev().find_map(|prefix| sources.get(prefix))
        };
        sources
            .get(key)
            .or_else(|| sources.iter().find(|(known, _)| known.starts_with(&below)).map(|(_, source)| source))
            .or_else(above)
            .cloned()
            .unwrap_or(Source::Default)
    }

    /// Whether `key`, or something below it, may hold a password. Readers of a whole table (serde's `flatten`,
    /// untagged enums) lose track of which value they refuse, and quote it.
    fn holds_secret(&self, key: &str) -> bool {
        let below = format!("{key}.");
        keys::is_secret(key)
            || self.inner.sources.keys().any(|known| known.starts_with(&below) && keys::is_secret(known))
    }

    /// The error of a reader that refuses the value of `key` for a reason of its own. `problem` is a lowercase
    /// fragment without the value, `hint` says what to write instead.
    pub fn refuse(&self, key: &str, problem: impl Into<String>, hint: impl Into<String>) -> ConfigError {
        ConfigError::Refused {
            key: key.to_owned(),
            origin: self.origin(key),
            problem: problem.into(),
            hint: hint.into(),
        }
    }
}

/// Keys and sources only: values may hold passwords.
impl fmt::Debug for Config {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_map()
            .entries(self.inner.sources.iter().map(|(key, source)| (key, source.to_string())))
            .finish()
    }
}

fn nest(key: &str, value: Value) -> Dict {
    let (first, rest) = key.split_once('.').unwrap_or((key, ""));
    let value = if rest.is_empty() { value } else { Value::from(nest(rest, value)) };
    Dict::from([(first.to_owned(), value)])
}
