//! Which environment a program runs in.
//!
//! Guards hang on this value, so it is one of four names and nothing else: `prod` or `live` is an error, not
//! a guess. The name is resolved here from values already read; this module refuses to read any by itself.

use std::{fmt, str::FromStr};

use crate::{
    config::{ConfigError, Source},
    suggest::nearest,
};

/// Where a program runs.
///
/// ```
/// use arvel_core::Environment;
///
/// let environment: Environment = "production".parse().unwrap();
/// assert!(environment.is_production());
/// assert!("prod".parse::<Environment>().is_err());
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Environment {
    /// A developer's machine: details are shown, logs are for people.
    Development,
    /// Automated tests.
    Testing,
    /// Like production, without its guards.
    Staging,
    /// The real thing: guarded, and tight-lipped towards the network.
    Production,
}

impl Environment {
    /// The four names, in the order in which errors list them.
    pub const ALL: [Environment; 4] =
        [Environment::Development, Environment::Testing, Environment::Staging, Environment::Production];

    /// The name as it is written in configuration.
    pub fn as_str(self) -> &'static str {
        match self {
            Environment::Development => "development",
            Environment::Testing => "testing",
            Environment::Staging => "staging",
            Environment::Production => "production",
        }
    }

    /// Whether this is [`Environment::Production`].
    pub fn is_production(self) -> bool {
        self == Environment::Production
    }

    /// Whether details may be shown to whoever asks over the network: development and testing only.
    pub fn shows_details(self) -> bool {
        matches!(self, Environment::Development | Environment::Testing)
    }

    /// What holds when nobody says anything: development in debug builds, production in release builds.
    pub(crate) fn by_build(debug_build: bool) -> Self {
        if debug_build { Environment::Development } else { Environment::Production }
    }
}

impl fmt::Display for Environment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

/// A name that is none of the four.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown environment `{name}`: expected `development`, `testing`, `staging` or `production`")]
pub struct UnknownEnvironment {
    /// The name as given.
    pub name: String,
}

impl UnknownEnvironment {
    /// The name that was probably meant.
    pub fn nearest(&self) -> Option<&'static str> {
        let name = self.name.to_ascii_lowercase();
        // `prod` and `dev` are four edits or more away from what they mean.
        Environment::ALL
            .into_iter()
            .map(Environment::as_str)
            .find(|known| name.len() >= 3 && known.starts_with(&name))
            .or_else(|| nearest(&name, Environment::ALL.into_iter().map(Environment::as_str)))
    }
}

impl FromStr for Environment {
    type Err = UnknownEnvironment;

    fn from_str(name: &str) -> Result<Self, Self::Err> {
        Environment::ALL
            .into_iter()
            .find(|environment| environment.as_str().eq_ignore_ascii_case(name.trim()))
            .ok_or_else(|| UnknownEnvironment { name: name.to_owned() })
    }
}

/// The environment of the first candidate that says one; `candidates` come strongest first.
///
/// An empty value says nothing: compose files and CI systems pass unset variables on as empty ones.
pub(crate) fn choose(
    candidates: impl IntoIterator<Item = (Option<String>, Source)>,
    debug_build: bool,
) -> Result<(Environment, Source), ConfigError> {
    for (value, source) in candidates {
        let Some(name) = value.filter(|value| !value.trim().is_empty()) else { continue };
        return match name.parse() {
            Ok(environment) => Ok((environment, source)),
            Err(unknown) => Err(ConfigError::UnknownEnvironment { unknown, origin: source }),
        };
    }
    Ok((Environment::by_build(debug_build), Source::Default))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn variable(name: &str) -> Source {
        Source::Variable(name.to_owned())
    }

    #[test]
    fn the_strongest_candidate_wins() {
        use Environment::*;
        // (--env, ARVEL_ENV, APP_ENV, file, debug build) -> environment
        let table: [([Option<&str>; 4], bool, Environment); 8] = [
            ([Some("testing"), Some("staging"), Some("production"), Some("development")], true, Testing),
            ([None, Some("staging"), Some("production"), Some("development")], true, Staging),
            ([None, None, Some("production"), Some("development")], true, Production),
            ([None, None, None, Some("development")], false, Development),
            ([None, Some(""), Some(" "), None], true, Development),
            ([None, None, None, None], true, Development),
            ([None, None, None, None], false, Production),
            ([Some("Production"), None, None, None], true, Production),
        ];
        for (values, debug_build, expected) in table {
            let sources = [Source::CommandLine, variable("ARVEL_ENV"), variable("APP_ENV"), Source::Default];
            let candidates = values.iter().map(|value| value.map(str::to_owned)).zip(sources);
            let (environment, _) = choose(candidates, debug_build).unwrap();
            assert_eq!(environment, expected, "{values:?}");
        }
    }

    #[test]
    fn an_unknown_name_lists_the_four_and_suggests_one() {
        for (name, suggestion) in
            [("prod", Some("production")), ("develpoment", Some("development")), ("live", None)]
        {
            let unknown = name.parse::<Environment>().unwrap_err();
            for known in Environment::ALL {
                assert!(unknown.to_string().contains(known.as_str()));
            }
            assert_eq!(unknown.nearest(), suggestion, "{name}");
        }
    }
}
