//! Configuration from variables: the process environment and `.env`, with one rule for both.
//!
//! The process environment is read in exactly one place, [`Surroundings::of_process`], and never changed;
//! everything behind it is a function of what was read, so tests say what they want to be true. Within one
//! source `ARVEL_…` beats `DATABASE_URL`, because it is the more exact name.

use std::{collections::BTreeMap, path::PathBuf};

use figment::value::Value;

use super::{
    ConfigError, Leaf, Source,
    keys::{Keys, variable_of},
};

/// Variables that begin with `ARVEL_` and set no key of their own name.
const RESERVED: [&str; 3] = ["ARVEL_ENV", "ARVEL_CONFIG", "ARVEL_LOG"];
/// Variables for test suites: never looked at.
const RESERVED_PREFIX: &str = "ARVEL_TEST_";
/// Sets [`DATABASE_URL_KEY`], below `ARVEL_…` of the same source.
pub(crate) const DATABASE_URL: &str = "DATABASE_URL";
pub(crate) const DATABASE_URL_KEY: &str = "databases.default.url";

/// What surrounds a process and decides how it is configured.
#[derive(Clone, Debug)]
pub struct Surroundings {
    /// The environment variables.
    pub variables: BTreeMap<String, String>,
    /// The current folder.
    pub current_folder: PathBuf,
    /// Whether the program is a debug build.
    pub debug_build: bool,
}

impl Surroundings {
    /// Those of this process: the one place that reads them.
    pub fn of_process() -> Self {
        let variables = std::env::vars_os()
            .filter_map(|(name, value)| {
                // A name that is not UTF-8 is none of ours; a value that is not stays visibly broken.
                Some((name.into_string().ok()?, value.to_string_lossy().into_owned()))
            })
            .collect();
        Self {
            variables,
            // A removed current folder: relative paths then fail by name, later.
            current_folder: std::env::current_dir().unwrap_or_else(|_| PathBuf::from(".")),
            debug_build: cfg!(debug_assertions),
        }
    }

    /// No variables at all, for tests: a debug build in `current_folder`.
    pub fn bare(current_folder: impl Into<PathBuf>) -> Self {
        Self { variables: BTreeMap::new(), current_folder: current_folder.into(), debug_build: true }
    }

    /// The same with one more variable.
    pub fn variable(mut self, name: impl Into<String>, value: impl Into<String>) -> Self {
        self.variables.insert(name.into(), value.into());
        self
    }

    /// A variable that is set and not empty.
    pub(crate) fn non_empty(&self, name: &str) -> Option<&str> {
        self.variables.get(name).map(String::as_str).filter(|value| !value.trim().is_empty())
    }
}

/// The leaves that a set of variables stands for, weakest first.
pub(crate) fn leaves(
    variables: &BTreeMap<String, String>,
    source: fn(String) -> Source,
    keys: &Keys,
) -> Result<Vec<Leaf>, ConfigError> {
    let mut leaves = Vec::new();
    let url = variables.get(DATABASE_URL).filter(|url| !url.is_empty());
    // Without a plugin that reads it, `DATABASE_URL` is somebody else's.
    if let Some(url) = url.filter(|_| keys.knows(DATABASE_URL_KEY)) {
        leaves.push(Leaf {
            key: DATABASE_URL_KEY.to_owned(),
            value: Value::from(url.as_str()),
            source: source(DATABASE_URL.to_owned()),
        });
    }
    for (variable, value) in variables {
        let Some(name) = variable.strip_prefix("ARVEL_") else { continue };
        if RESERVED.contains(&variable.as_str()) || variable.starts_with(RESERVED_PREFIX) {
            continue;
        }
        let source = source(variable.clone());
        let key = name.to_ascii_lowercase().replace("__", ".");
        if key == "environment" {
            let nearest = Some("ARVEL_ENV".to_owned());
            return Err(ConfigError::UnknownVariable { variable: variable.clone(), origin: source, nearest });
        }
        if !keys.knows(&key) {
            let nearest = keys.nearest(&key).map(|key| variable_of(&key));
            return Err(ConfigError::UnknownVariable { variable: variable.clone(), origin: source, nearest });
        }
        leaves.push(Leaf { key, value: parse(value), source });
    }
    if let Some(level) = variables.get("ARVEL_LOG").filter(|level| !level.trim().is_empty()) {
        let source = source("ARVEL_LOG".to_owned());
        leaves.push(Leaf { key: "log.level".to_owned(), value: Value::from(level.as_str()), source });
    }
    Ok(leaves)
}

/// A variable's text stays text (a password of digits must not become a number; numbers and booleans are read
/// from text where one is wanted), except for a list or a table in brackets.
fn parse(text: &str) -> Value {
    if text.starts_with(['[', '{'])
        && let Ok(value @ (Value::Array(..) | Value::Dict(..))) = text.parse::<Value>()
    {
        return value;
    }
    Value::from(text)
}

/// The variables of a `.env` file. A variable set twice has its last value.
pub(crate) fn parse_dot_env(
    path: &std::path::Path,
    text: &str,
) -> Result<BTreeMap<String, String>, ConfigError> {
    let text = text.trim_start_matches('\u{feff}');
    let mut variables = BTreeMap::new();
    // `${NAME}` inside a value is filled in by dotenvy, from the process environment first.
    for item in dotenvy::from_read_iter(text.as_bytes()) {
        match item {
            Ok((name, value)) => {
                variables.insert(name, value);
            }
            Err(error) => {
                let line = match &error {
                    dotenvy::Error::LineParse(line, _) => {
                        text.find(line.as_str()).map(|at| text[..at].matches('\n').count() + 1).unwrap_or(1)
                    }
                    _ => 1,
                };
                let problem = "expected `NAME=value`, with quotes around a value that has spaces".to_owned();
                return Err(ConfigError::Syntax { path: path.to_path_buf(), line, problem });
            }
        }
    }
    Ok(variables)
}
