//! Why a folder is not written: one variant per thing that a person would do differently.

use std::{io, path::PathBuf};

use super::ModuleFileError;

/// A `.publishing` that nobody of ours wrote.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line} is not a file name and a digest")]
pub struct PublishListError {
    /// The line, from 1.
    pub line: usize,
}

/// Why nothing was written. What was under way has been taken back.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum WriteError {
    /// A folder that lies elsewhere.
    #[error("`{}` is outside the project: a symbolic link leads to `{}`", path.display(), target.display())]
    Outside {
        /// The folder as configured.
        path: PathBuf,
        /// Where it really is.
        target: PathBuf,
    },
    /// A file that is a symbolic link.
    #[error("`{}` is a symbolic link, and is not written through", path.display())]
    Link {
        /// The link.
        path: PathBuf,
    },
    /// A name that is more, or less, than a name.
    #[error("{name:?} is not a file name of this folder: {reason}")]
    BadName {
        /// The name.
        name: String,
        /// What is wrong with it.
        reason: &'static str,
    },
    /// The folder is not what the plan saw.
    #[error("`{}` changed while this was planned: `{name}` is not as it was", folder.display())]
    Changed {
        /// The folder.
        folder: PathBuf,
        /// The first file that differs.
        name: String,
    },
    /// No right to write.
    #[error("`{}` can not be written to; nothing was changed", path.display())]
    ReadOnly {
        /// The folder or file.
        path: PathBuf,
        /// The operating system's word.
        #[source]
        source: io::Error,
    },
    /// A file that is no text.
    #[error("`{}` is not UTF-8", path.display())]
    NotText {
        /// The file.
        path: PathBuf,
    },
    /// `mod.rs`, or the set of files, makes no sense.
    #[error("{}: {problem}", folder.display())]
    Module {
        /// The folder.
        folder: PathBuf,
        /// What is wrong.
        #[source]
        problem: ModuleFileError,
    },
    /// The list of an interrupted write is damaged.
    #[error("`{}`: {problem}", path.display())]
    List {
        /// The list.
        path: PathBuf,
        /// What is wrong.
        #[source]
        problem: PublishListError,
    },
    /// Anything else that the operating system refuses.
    #[error("can not {doing} `{}`", path.display())]
    Io {
        /// `read`, `write`, …
        doing: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// The operating system's word.
        #[source]
        source: io::Error,
    },
}

impl WriteError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            WriteError::Outside { .. } => "name the real folder in `[migrations] path`".to_owned(),
            WriteError::Link { .. } => "replace the link by a file".to_owned(),
            WriteError::BadName { .. } => "use a plain file name".to_owned(),
            WriteError::Changed { .. } => "run the command again: it plans anew".to_owned(),
            WriteError::ReadOnly { path, .. } => format!("`ls -ld {}` shows who may write", path.display()),
            WriteError::NotText { .. } => "save the file as UTF-8".to_owned(),
            WriteError::Module { problem, .. } => problem.hint(),
            WriteError::List { path, .. } => {
                format!("look at it, remove `{}`, then `arvel make sync`", path.display())
            }
            WriteError::Io { source, .. } => source.to_string(),
        }
    }
}
