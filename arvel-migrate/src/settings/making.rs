//! The keys about new files.

use arvel_core::{Config, ConfigError};

use crate::project::AfterWrite;

/// How new files look, as it is written: a template or a time zone is looked at when a file is made, so that a server
/// without files is not kept from migrating.
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
