//! `arvel.toml`, as a list of leaves that remember their line.
//!
//! The profiles of other environments are read too: a key that is misspelt in `[profile.production]` must
//! fail on the developer's machine, not in production. Parse errors carry the parser's words and the line's
//! number, never its text, which may hold a password.

use std::path::Path;

use figment::value::{Dict, Value};
use toml::de::{DeTable, DeValue};

use super::{ConfigError, Leaf, Source};
use crate::{Environment, environment::UnknownEnvironment};

/// What one configuration file says.
#[derive(Debug, Default)]
pub(crate) struct File {
    /// `environment`, with its line.
    pub environment: Option<(String, Source)>,
    /// Everything outside `profile` and `environment`.
    pub base: Vec<Leaf>,
    /// Everything inside `profile`, by environment.
    pub profiles: Vec<(Environment, Leaf)>,
}

pub(crate) fn parse(path: &Path, text: &str) -> Result<File, ConfigError> {
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let syntax = |error: toml::de::Error| {
        let line = error.span().map(|span| line_of(text, span.start)).unwrap_or(1);
        ConfigError::Syntax { path: path.to_path_buf(), line, problem: error.message().to_owned() }
    };
    let document = DeTable::parse(text).map_err(syntax)?;
    let mut leaves = Vec::new();
    flatten(document.get_ref(), "", text, &name, &mut leaves);
    // As written: names of databases have an order.
    leaves.sort_by_key(|leaf| match &leaf.source {
        Source::File { line, .. } => *line,
        _ => 0,
    });

    let mut file = File::default();
    for leaf in leaves {
        if leaf.key == "environment" {
            let Some(environment) = leaf.value.as_str() else {
                let (expected, found) = ("a name".to_owned(), leaf.value.to_actual().to_string());
                return Err(ConfigError::Invalid { key: leaf.key, origin: leaf.source, expected, found });
            };
            file.environment = Some((environment.to_owned(), leaf.source));
        } else if let Some((environment, leaf)) = of_profile(&leaf)? {
            file.profiles.push((environment, leaf));
        } else {
            file.base.push(leaf);
        }
    }
    Ok(file)
}

/// A leaf `profile.<environment>.<key>` as the leaf `<key>` of that environment.
fn of_profile(leaf: &Leaf) -> Result<Option<(Environment, Leaf)>, ConfigError> {
    let Some(rest) = leaf.key.strip_prefix("profile.") else { return Ok(None) };
    let (name, key) = rest.split_once('.').unwrap_or((rest, ""));
    let environment = name
        .parse::<Environment>()
        .map_err(|unknown| ConfigError::UnknownEnvironment { unknown, origin: leaf.source.clone() })?;
    if environment.as_str() != name {
        let unknown = UnknownEnvironment { name: name.to_owned() };
        return Err(ConfigError::UnknownEnvironment { unknown, origin: leaf.source.clone() });
    }
    if key.is_empty() {
        return Err(ConfigError::Invalid {
            key: leaf.key.clone(),
            origin: leaf.source.clone(),
            expected: "a table".to_owned(),
            found: "a plain value".to_owned(),
        });
    }
    if key == "environment" {
        return Err(ConfigError::Refused {
            key: leaf.key.clone(),
            origin: leaf.source.clone(),
            problem: "a profile is chosen by the environment and can not choose it".to_owned(),
            hint: "set `environment` at the top of the file, or `ARVEL_ENV`".to_owned(),
        });
    }
    Ok(Some((environment, Leaf { key: key.to_owned(), ..leaf.clone() })))
}

fn flatten(table: &DeTable<'_>, prefix: &str, text: &str, name: &str, leaves: &mut Vec<Leaf>) {
    for (segment, value) in table {
        let key = join(prefix, segment.get_ref());
        match value.get_ref() {
            // An empty table says nothing.
            DeValue::Table(inner) => flatten(inner, &key, text, name, leaves),
            plain => {
                let source = Source::File { name: name.to_owned(), line: line_of(text, value.span().start) };
                leaves.push(Leaf { key, value: convert(plain), source });
            }
        }
    }
}

fn join(prefix: &str, segment: &str) -> String {
    if prefix.is_empty() { segment.to_owned() } else { format!("{prefix}.{segment}") }
}

fn convert(value: &DeValue<'_>) -> Value {
    match value {
        DeValue::String(text) => Value::from(text.as_ref()),
        DeValue::Boolean(flag) => Value::from(*flag),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .map(Value::from)
            // Out of range: text, so that the reader of the key refuses it by name.
            .unwrap_or_else(|_| Value::from(number.as_str())),
        DeValue::Float(number) => {
            number.as_str().parse::<f64>().map(Value::from).unwrap_or_else(|_| Value::from(number.as_str()))
        }
        DeValue::Datetime(moment) => Value::from(moment.to_string()),
        DeValue::Array(items) => {
            Value::from(items.iter().map(|item| convert(item.get_ref())).collect::<Vec<Value>>())
        }
        DeValue::Table(table) => {
            let entries =
                table.iter().map(|(key, value)| (key.get_ref().to_string(), convert(value.get_ref())));
            Value::from(entries.collect::<Dict>())
        }
    }
}

fn line_of(text: &str, offset: usize) -> usize {
    text.as_bytes().iter().take(offset).filter(|byte| **byte == b'\n').count() + 1
}
