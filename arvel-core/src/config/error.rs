//! What can be wrong with configuration, one variant per thing that a person would do differently.
//!
//! Each error names its key, its source, what was expected and what was found, and ends in a hint. The value
//! of a key that may hold a password is never part of an error.

use std::path::PathBuf;

use super::{
    Source,
    keys::variable_of,
    variables::{DATABASE_URL, DATABASE_URL_KEY},
};
use crate::{Exit, environment::UnknownEnvironment};

/// Why the configuration can not be used. Always exit code 3.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ConfigError {
    /// A key that nobody reads.
    #[error("unknown key `{key}` ({origin})")]
    UnknownKey {
        /// The key as written.
        key: String,
        /// Where it stands.
        origin: Source,
        /// The key that was probably meant.
        nearest: Option<String>,
    },
    /// An `ARVEL_…` variable that sets no key.
    #[error("unknown variable `{variable}` ({origin})")]
    UnknownVariable {
        /// The variable as set.
        variable: String,
        /// Where it is set.
        origin: Source,
        /// The variable that was probably meant.
        nearest: Option<String>,
    },
    /// A name that is none of the four environments.
    #[error("{unknown} ({origin})")]
    UnknownEnvironment {
        /// The name, and the four.
        unknown: UnknownEnvironment,
        /// Where it was given.
        origin: Source,
    },
    /// A key without a value.
    #[error("`{key}` is not set")]
    Missing {
        /// The key.
        key: String,
    },
    /// A value of the wrong kind.
    #[error("`{key}` ({origin}): expected {expected}, found {found}")]
    Invalid {
        /// The key.
        key: String,
        /// Where the value stands.
        origin: Source,
        /// What the reader of the key wants.
        expected: String,
        /// What is there; only its kind when the key may hold a password.
        found: String,
    },
    /// A value that its reader refuses, in the reader's words. See [`Config::refuse`](super::Config::refuse).
    #[error("`{key}` ({origin}): {problem}")]
    Refused {
        /// The key.
        key: String,
        /// Where the value stands.
        origin: Source,
        /// A lowercase fragment without the value itself.
        problem: String,
        /// What to do about it.
        hint: String,
    },
    /// A file that is not there or can not be read.
    #[error("can not read `{}`: {problem}", path.display())]
    Unreadable {
        /// The file.
        path: PathBuf,
        /// What the operating system says.
        problem: String,
    },
    /// A file that is there and is not what it should be.
    #[error("`{}` line {line}: {problem}", path.display())]
    Syntax {
        /// The file.
        path: PathBuf,
        /// The line, counted from 1.
        line: usize,
        /// What the parser says, without the text of the line.
        problem: String,
    },
}

impl ConfigError {
    /// The stable name of the kind of error.
    pub fn code(&self) -> &'static str {
        match self {
            ConfigError::UnknownKey { .. } => "configuration.unknown_key",
            ConfigError::UnknownVariable { .. } => "configuration.unknown_variable",
            ConfigError::UnknownEnvironment { .. } => "configuration.unknown_environment",
            ConfigError::Missing { .. } => "configuration.missing",
            ConfigError::Invalid { .. } => "configuration.invalid",
            ConfigError::Refused { .. } => "configuration.refused",
            ConfigError::Unreadable { .. } => "configuration.unreadable",
            ConfigError::Syntax { .. } => "configuration.syntax",
        }
    }

    /// What to do now.
    pub fn hint(&self) -> String {
        match self {
            ConfigError::UnknownKey { nearest: Some(nearest), .. } => format!("did you mean `{nearest}`?"),
            ConfigError::UnknownKey { key, .. } => {
                format!("nothing reads `{key}`: remove it, or add the plugin that does")
            }
            ConfigError::UnknownVariable { nearest: Some(nearest), .. } => {
                format!("did you mean `{nearest}`?")
            }
            ConfigError::UnknownVariable { variable, .. } => {
                format!("nothing reads it: `unset {variable}`; the dots of a key are written `__`")
            }
            ConfigError::UnknownEnvironment { unknown, .. } => match unknown.nearest() {
                Some(nearest) => format!("did you mean `{nearest}`?"),
                None => "say `--env development`, or set `ARVEL_ENV`".to_owned(),
            },
            ConfigError::Missing { key } => how_to_set(key),
            ConfigError::Invalid { key, origin: Source::Default, .. } => how_to_set(key),
            ConfigError::Invalid { key, origin, .. } => format!("change `{key}` in its source: {origin}"),
            ConfigError::Refused { hint, .. } => hint.clone(),
            ConfigError::Unreadable { .. } => {
                "check the path given with `--config` and its permissions".to_owned()
            }
            ConfigError::Syntax { line, .. } => format!("mend line {line}"),
        }
    }

    /// The key it is about, when it is about one.
    pub fn key(&self) -> Option<&str> {
        match self {
            ConfigError::UnknownKey { key, .. }
            | ConfigError::Missing { key }
            | ConfigError::Invalid { key, .. }
            | ConfigError::Refused { key, .. } => Some(key),
            _ => None,
        }
    }

    /// Always [`Exit::CONFIGURATION`].
    pub fn exit(&self) -> Exit {
        Exit::CONFIGURATION
    }

    /// A figment error about `key` or something below it, in our words and without secrets.
    pub(crate) fn of_figment(
        key: &str,
        error: figment::Error,
        origin: impl Fn(&str) -> Source,
        holds_secret: impl Fn(&str) -> bool,
    ) -> Self {
        use figment::error::Kind;
        // figment appends the path of the extracted part behind the path inside that part.
        let mut path = error.path;
        let asked: Vec<&str> = key.split('.').filter(|segment| !segment.is_empty()).collect();
        if path.len() >= asked.len() && path[path.len() - asked.len()..] == asked[..] {
            path.rotate_right(asked.len());
        }
        let mut key = if path.is_empty() { key.to_owned() } else { path.join(".") };
        let secret = holds_secret(&key);
        let (expected, found) = match error.kind {
            Kind::MissingField(field) => {
                if field != key {
                    key = format!("{key}.{field}");
                }
                return ConfigError::Missing { key };
            }
            Kind::UnknownField(field, known) => {
                let nearest = crate::suggest::nearest(&field, known).map(|near| format!("{key}.{near}"));
                let key = format!("{key}.{field}");
                return ConfigError::UnknownKey { origin: origin(&key), key, nearest };
            }
            Kind::InvalidType(found, expected) | Kind::InvalidValue(found, expected) => {
                // The name of a Rust type is nobody's word for a setting.
                let expected = if expected.starts_with("enum ") { "a word".to_owned() } else { expected };
                let found = if secret { kind_of(&found).to_owned() } else { found.to_string() };
                (expected, found)
            }
            Kind::InvalidLength(length, expected) => (expected, format!("{length} elements")),
            Kind::UnknownVariant(found, known) => {
                let known: Vec<String> = known.iter().map(|name| format!("`{name}`")).collect();
                let found = if secret { "another word".to_owned() } else { format!("`{found}`") };
                (format!("one of {}", known.join(", ")), found)
            }
            Kind::ISizeOutOfRange(_) | Kind::USizeOutOfRange(_) => {
                ("a number in range".to_owned(), "a number out of range".to_owned())
            }
            Kind::Message(message) if !secret => {
                let hint = how_to_set(&key);
                return ConfigError::Refused { origin: origin(&key), key, problem: message, hint };
            }
            _ => ("a value of another kind".to_owned(), "one that its reader refuses".to_owned()),
        };
        ConfigError::Invalid { origin: origin(&key), key, expected, found }
    }
}

fn kind_of(actual: &figment::error::Actual) -> &'static str {
    use figment::error::Actual;
    match actual {
        Actual::Bool(_) => "a boolean",
        Actual::Unsigned(_) | Actual::Signed(_) | Actual::Float(_) => "a number",
        Actual::Char(_) | Actual::Str(_) => "text",
        Actual::Seq => "a list",
        Actual::Map => "a table",
        _ => "something else",
    }
}

/// Both ways to set a key.
fn how_to_set(key: &str) -> String {
    let variable = variable_of(key);
    // The name that hosting platforms set.
    let variable = if key == DATABASE_URL_KEY { DATABASE_URL } else { &variable };
    match key.rsplit_once('.') {
        Some((table, name)) => {
            format!("set `{name}` under `[{table}]` in `arvel.toml`, or the variable `{variable}`")
        }
        None => format!("set `{key}` in `arvel.toml`, or the variable `{variable}`"),
    }
}
