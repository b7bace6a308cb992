//! Where a value came from.
//!
//! Every configuration error names its source, because "port is not a number" is useless when a port can be
//! set in six places. A source never carries the value itself.

use std::fmt;

/// The origin of a configuration value.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Source {
    /// Nobody set it: a default of the kernel or of a plugin.
    Default,
    /// The configuration file.
    File {
        /// Its name, usually `arvel.toml`.
        name: String,
        /// The line of the value, counted from 1.
        line: usize,
    },
    /// A variable in `.env`.
    DotEnv(String),
    /// A variable of the process environment.
    Variable(String),
    /// An option on the command line.
    CommandLine,
    /// A value handed over by code, without any file: tests and embedded use.
    Code,
}

impl fmt::Display for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Source::Default => f.write_str("default"),
            Source::File { name, line } => write!(f, "`{name}` line {line}"),
            Source::DotEnv(variable) => write!(f, "`.env` variable `{variable}`"),
            Source::Variable(variable) => write!(f, "environment variable `{variable}`"),
            Source::CommandLine => f.write_str("command line"),
            Source::Code => f.write_str("code"),
        }
    }
}
