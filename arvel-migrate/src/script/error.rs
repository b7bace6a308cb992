//! Why there can be no script.

use std::path::PathBuf;

use arvel_core::Exit;

use crate::migration::RevisionId;

/// What can not be said without a connection.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ScriptError {
    /// A script that undoes must be told where the database is.
    #[error("a script that undoes needs a range: where the database is, and what stays")]
    NoStart {
        /// The target that was given.
        target: String,
    },
    /// A start where none has a meaning.
    #[error("`{from}` says where the database is, and this script is the same wherever that is")]
    NeedsNoStart {
        /// The start that was given.
        from: String,
    },
    /// A target that counts from where the database is.
    #[error("`{target}` means something only beside a database, and a script is written without one")]
    NeedsHistory {
        /// The target.
        target: String,
    },
    /// A version that is not understood, or does not matter.
    #[error("`{version}` says nothing about {server}")]
    ServerVersion {
        /// What was given.
        version: String,
        /// The database's name for people.
        server: &'static str,
    },
    /// Code, which only this program can run.
    #[error("`{revision}` runs code, `{name}`, and a script has only SQL")]
    Code {
        /// The revision.
        revision: RevisionId,
        /// Its file.
        path: Option<PathBuf>,
        /// The name of the code.
        name: String,
    },
    /// An operation whose statements depend on tables that nobody can foresee.
    #[error(
        "`{revision}`: `{operation}` depends on what is in the database then, and that is not known behind {because}"
    )]
    Unforeseen {
        /// The revision.
        revision: RevisionId,
        /// Its file.
        path: Option<PathBuf>,
        /// The operation, in words.
        operation: String,
        /// What made it unknown, in words.
        because: String,
    },
}

impl ScriptError {
    /// A stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            ScriptError::NoStart { .. } => "script.no_start",
            ScriptError::NeedsNoStart { .. } => "script.needs_no_start",
            ScriptError::NeedsHistory { .. } => "script.needs_history",
            ScriptError::ServerVersion { .. } => "script.server_version",
            ScriptError::Code { .. } => "script.code",
            ScriptError::Unforeseen { .. } => "script.unforeseen",
        }
    }

    /// The exit code, as documented.
    pub fn exit(&self) -> Exit {
        match self {
            ScriptError::NoStart { .. }
            | ScriptError::NeedsNoStart { .. }
            | ScriptError::ServerVersion { .. } => Exit::USAGE,
            ScriptError::NeedsHistory { .. } => Exit::GRAPH,
            ScriptError::Code { .. } | ScriptError::Unforeseen { .. } => Exit::REFUSED,
        }
    }

    /// The file that it is about.
    #[must_use]
    pub fn path(&self) -> Option<&PathBuf> {
        match self {
            ScriptError::Code { path, .. } | ScriptError::Unforeseen { path, .. } => path.as_ref(),
            _ => None,
        }
    }

    /// What to do, ready to be pasted.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            ScriptError::NoStart { target } => format!("db downgrade --sql head:{target}"),
            ScriptError::NeedsNoStart { from } => format!("leave `{from}:` out"),
            ScriptError::NeedsHistory { .. } => {
                "name the revision, or run the command where there is a connection, with `--dry-run`"
                    .to_owned()
            }
            ScriptError::ServerVersion { .. } => {
                "write it as the server does, such as `15.4` or `10.11.6-MariaDB`; SQLite takes none"
                    .to_owned()
            }
            ScriptError::Code { revision, .. } => format!(
                "a script ends before it and another begins with `{revision}`; between them `db migrate {revision}` runs \
                 it with a connection"
            ),
            ScriptError::Unforeseen { revision, .. } => format!(
                "`db migrate {revision}` looks at the database; `db migrate {revision} --dry-run` shows what it would run"
            ),
        }
    }
}
