//! From what surrounds a process to its configuration: one function, the layers in one place.
//!
//! Lowest to highest: defaults; `arvel.toml`; its profile of the environment; `.env`; the process environment;
//! the command line. It reads two files and nothing else, and refuses to write, to print, or to go on with a
//! key that nobody reads.

use std::{
    collections::BTreeMap,
    io::ErrorKind,
    path::{Path, PathBuf},
};

use figment::value::Value;

use super::{
    Config, ConfigError, Leaf, Source, Surroundings,
    file::{self, File},
    keys::Keys,
    variables,
};
use crate::{Environment, environment, root::Root};

/// What the command line says about configuration.
#[derive(Clone, Debug, Default)]
pub(crate) struct Request {
    pub environment: Option<String>,
    pub config: Option<PathBuf>,
    pub overrides: Vec<(String, Value)>,
}

/// What a program knows before it does anything.
#[derive(Clone, Debug)]
pub(crate) struct Resolved {
    pub environment: Environment,
    pub config: Config,
}

/// The root: the one part that is known even when configuration is broken.
pub(crate) fn root(request: &Request, surroundings: &Surroundings) -> Root {
    let of_variable = surroundings.non_empty("ARVEL_CONFIG").map(Path::new);
    let manifest = surroundings.non_empty("CARGO_MANIFEST_DIR").map(Path::new);
    Root::find(request.config.as_deref().or(of_variable), &surroundings.current_folder, manifest)
}

pub(crate) fn resolve(
    request: &Request,
    surroundings: &Surroundings,
    root: &Root,
    keys: &Keys,
    defaults: Vec<(&'static str, Value)>,
) -> Result<Resolved, ConfigError> {
    let file = match &root.file {
        Some(path) => file::parse(path, &read(path)?)?,
        None => File::default(),
    };
    let dot_env_path = root.folder.join(".env");
    let dot_env = match read(&dot_env_path) {
        Ok(text) => variables::parse_dot_env(&dot_env_path, &text)?,
        Err(_) if !dot_env_path.exists() => BTreeMap::new(),
        Err(error) => return Err(error),
    };
    if dot_env.contains_key("ARVEL_CONFIG") {
        return Err(ConfigError::Refused {
            key: "ARVEL_CONFIG".to_owned(),
            origin: Source::DotEnv("ARVEL_CONFIG".to_owned()),
            problem: "decides where `.env` is and can not stand in it".to_owned(),
            hint: "give `--config FILE`, or set it in the process environment".to_owned(),
        });
    }

    let process = &surroundings.variables;
    let (of_file, line) = file.environment.unzip();
    let variable = |name: &str| (process.get(name).cloned(), Source::Variable(name.to_owned()));
    let dot_variable = |name: &str| (dot_env.get(name).cloned(), Source::DotEnv(name.to_owned()));
    let (environment, environment_source) = environment::choose(
        [
            (request.environment.clone(), Source::CommandLine),
            variable("ARVEL_ENV"),
            variable("APP_ENV"),
            dot_variable("ARVEL_ENV"),
            dot_variable("APP_ENV"),
            (of_file, line.unwrap_or(Source::Default)),
        ],
        surroundings.debug_build,
    )?;

    check(file.base.iter().chain(file.profiles.iter().map(|(_, leaf)| leaf)), keys)?;
    let profile = file.profiles.into_iter().filter(|(of, _)| *of == environment).map(|(_, leaf)| leaf);
    let of_dot_env = variables::leaves(&dot_env, Source::DotEnv, keys)?;
    let of_process = variables::leaves(process, Source::Variable, keys)?;
    let of_request = request.overrides.iter().map(|(key, value)| Leaf {
        key: key.clone(),
        value: value.clone(),
        source: Source::CommandLine,
    });
    let chosen = Leaf {
        key: "environment".to_owned(),
        value: Value::from(environment.as_str()),
        source: environment_source,
    };
    let leaves = core_defaults()
        .into_iter()
        .chain(defaults)
        .map(|(key, value)| Leaf { key: key.to_owned(), value, source: Source::Default })
        .chain(file.base)
        .chain(profile)
        .chain(of_dot_env)
        .chain(of_process)
        .chain(of_request)
        .chain([chosen]);
    Ok(Resolved { environment, config: Config::of_leaves(leaves) })
}

fn core_defaults() -> Vec<(&'static str, Value)> {
    vec![("server.host", Value::from("127.0.0.1")), ("server.port", Value::from(3000))]
}

/// Refuses keys that nobody reads. Command line overrides are code, not input: they are not checked.
fn check<'l>(mut leaves: impl Iterator<Item = &'l Leaf>, keys: &Keys) -> Result<(), ConfigError> {
    let Some(leaf) = leaves.find(|leaf| !keys.knows(&leaf.key)) else { return Ok(()) };
    let (key, origin) = (leaf.key.clone(), leaf.source.clone());
    if keys.is_table(&key) {
        let (expected, found) = ("a table".to_owned(), "a plain value".to_owned());
        return Err(ConfigError::Invalid { key, origin, expected, found });
    }
    Err(ConfigError::UnknownKey { nearest: keys.nearest(&key), key, origin })
}

fn read(path: &Path) -> Result<String, ConfigError> {
    std::fs::read_to_string(path).map_err(|error| {
        let problem = match error.kind() {
            ErrorKind::NotFound => "no such file".to_owned(),
            ErrorKind::InvalidData => "it is not UTF-8 text".to_owned(),
            _ => error.to_string(),
        };
        ConfigError::Unreadable { path: path.to_path_buf(), problem }
    })
}
