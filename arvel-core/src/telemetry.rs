//! Logging: for people in development and testing, as JSON in staging and production, always to stderr.
//!
//! A server logs at `info`; commands log at `warn`, because their progress is output, not a log. An
//! application that installed a subscriber of its own keeps it: this module refuses to replace one.

use std::io::IsTerminal;

use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use crate::{Config, ConfigError, Environment, Source};

const LEVELS: [&str; 6] = ["trace", "debug", "info", "warn", "error", "off"];
/// sqlx tells every statement at `debug` and slow ones at `warn`: only the latter are news.
const QUIET: &str = "sqlx=warn";

/// How log lines look.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Format {
    Human,
    Json,
}

/// What is logged, and how.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Telemetry {
    pub directives: String,
    pub format: Format,
    pub colour: bool,
}

impl Telemetry {
    /// That of a server.
    pub(crate) fn of_server(
        config: &Config,
        environment: Environment,
        colour: bool,
    ) -> Result<Self, ConfigError> {
        let level: String = config.get_opt("log.level")?.unwrap_or_else(|| "info".to_owned());
        let mut directives = vec![QUIET.to_owned(), check(config, "log.level", &level)?];
        for target in config.keys_under("log.targets") {
            let key = format!("log.targets.{target}");
            let level: String = config.get(&key)?;
            if !is_level(&level) {
                return Err(not_a_level(config, &key));
            }
            directives.push(format!("{target}={level}"));
        }
        let by_environment = if environment.shows_details() { Format::Human } else { Format::Json };
        let format = config.get_opt("log.format")?.unwrap_or(by_environment);
        Ok(Self { directives: directives.join(","), format, colour })
    }

    /// That of a command: [`of_variable`] or `warn`.
    pub(crate) fn of_command(level: Option<&str>, colour: bool) -> Self {
        Self { directives: format!("{QUIET},{}", level.unwrap_or("warn")), format: Format::Human, colour }
    }

    /// Installs it for the process, unless the application has installed its own.
    pub(crate) fn install(&self) {
        let filter = EnvFilter::builder().parse_lossy(&self.directives);
        let registry = tracing_subscriber::registry().with(filter);
        let layer = fmt::layer().with_writer(std::io::stderr).with_ansi(self.colour);
        let _ = match self.format {
            Format::Human => registry.with(layer).try_init(),
            Format::Json => registry.with(layer.json().flatten_event(true)).try_init(),
        };
    }
}

/// The level that a variable sets, in the process environment or in `.env`. One in `arvel.toml` is meant for
/// the server: commands would bury their progress in it.
pub(crate) fn of_variable(config: &Config) -> Option<String> {
    match config.origin("log.level") {
        Source::Variable(_) | Source::DotEnv(_) => config.get("log.level").ok(),
        _ => None,
    }
}

/// Whether stderr takes colour: a terminal, and no `NO_COLOR`.
pub(crate) fn colour(no_color: Option<&str>) -> bool {
    no_color.is_none() && std::io::stderr().is_terminal()
}

/// A level, or a filter as tracing-subscriber reads it (`info,my_app=debug`).
fn check(config: &Config, key: &str, level: &str) -> Result<String, ConfigError> {
    // A single misspelt word would be read as the name of a target, and enable everything of it.
    let one_word = !level.contains(['=', ',']);
    let understood = if one_word { is_level(level) } else { EnvFilter::builder().parse(level).is_ok() };
    if understood { Ok(level.to_owned()) } else { Err(not_a_level(config, key)) }
}

fn is_level(level: &str) -> bool {
    LEVELS.iter().any(|known| known.eq_ignore_ascii_case(level))
}

fn not_a_level(config: &Config, key: &str) -> ConfigError {
    config.refuse(
        key,
        "not a level or filter",
        "use `trace`, `debug`, `info`, `warn`, `error` or `off`, or a filter like `info,my_app=debug`",
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::Leaf;

    #[test]
    fn a_server_by_environment_and_configuration() {
        use Environment::*;
        type Case = (Environment, &'static [(&'static str, &'static str)], &'static str, Format);
        let table: [Case; 6] = [
            (Development, &[], "sqlx=warn,info", Format::Human),
            (Testing, &[], "sqlx=warn,info", Format::Human),
            (Staging, &[], "sqlx=warn,info", Format::Json),
            (Production, &[], "sqlx=warn,info", Format::Json),
            (
                Production,
                &[("log.format", "human"), ("log.level", "debug")],
                "sqlx=warn,debug",
                Format::Human,
            ),
            (Production, &[("log.targets.sqlx", "info")], "sqlx=warn,info,sqlx=info", Format::Json),
        ];
        for (environment, values, directives, format) in table {
            let config = Config::of(values.iter().map(|(key, value)| (*key, (*value).into())));
            let found = Telemetry::of_server(&config, environment, false).unwrap();
            assert_eq!((found.directives.as_str(), found.format), (directives, format), "{values:?}");
        }
    }

    #[test]
    fn a_misspelt_level_is_not_a_target() {
        for (key, value) in [("log.level", "inof"), ("log.level", "info,x=lod"), ("log.targets.sqlx", "loud")]
        {
            let config = Config::of([(key, value.into())]);
            let error = Telemetry::of_server(&config, Environment::Testing, false).unwrap_err();
            assert_eq!(error.to_string(), format!("`{key}` (code): not a level or filter"));
        }
    }

    #[test]
    fn commands_are_quiet_unless_asked() {
        assert_eq!(Telemetry::of_command(None, false).directives, "sqlx=warn,warn");
        assert_eq!(Telemetry::of_command(Some("debug"), false).directives, "sqlx=warn,debug");

        let file = || Source::File { name: "arvel.toml".to_owned(), line: 1 };
        let arvel_log = || "ARVEL_LOG".to_owned();
        for (source, level) in [
            (file(), None),
            (Source::DotEnv(arvel_log()), Some("debug")),
            (Source::Variable(arvel_log()), Some("debug")),
        ] {
            let leaf = Leaf { key: "log.level".to_owned(), value: "debug".into(), source };
            assert_eq!(of_variable(&Config::of_leaves([leaf])).as_deref(), level);
        }
    }
}
