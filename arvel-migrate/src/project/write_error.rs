//! Why a folder is not written: one variant per thing that a person would do differently.

use std::{io, path::PathBuf};

use super::{
    ModuleFileError,
    publishing::{LIST, PublishListError},
};

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
    /// A name that is another file's on a system that does not tell capitals from small letters.
    #[error("`{name}` differs from `{present}` in capitals only: on many systems that is one file")]
    SameButForCase {
        /// The new name.
        name: String,
        /// The file that is there.
        present: String,
    },
    /// Something else in the place of a file.
    #[error("`{}` is {what}, and not a file", path.display())]
    NotAFile {
        /// What is there.
        path: PathBuf,
        /// `a folder`, …
        what: &'static str,
    },
    /// A file that is to go and that a person lists.
    #[error("`{name}` is listed in `{}` outside the markers; nothing was removed", folder.join("mod.rs").display())]
    ListedByHand {
        /// The folder.
        folder: PathBuf,
        /// The file.
        name: String,
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
    #[error("`{}` can not be written to{NOTHING}", path.display())]
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
    /// The write failed, and what it had begun can not be taken back, or completed, either.
    #[error("{}; {}", brief(cause), if *committed {
        "`mod.rs` lists the new set, and the files that go are still there"
    } else {
        "`mod.rs` lists the old set, and what was begun is still there"
    })]
    Unfinished {
        /// The folder.
        folder: PathBuf,
        /// Whether the new set is in force.
        committed: bool,
        /// Why the write failed.
        #[source]
        cause: Box<WriteError>,
    },
    /// Anything else that the operating system refuses.
    #[error("can not {doing} `{}`: {source}", path.display())]
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

/// The cause without what is not true any more.
fn brief(cause: &WriteError) -> String {
    let text = cause.to_string();
    text.strip_suffix(NOTHING).map(str::to_owned).unwrap_or(text)
}

const NOTHING: &str = "; nothing was changed";

impl WriteError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            WriteError::Outside { .. } => "name the real folder in `[migrations] path`".to_owned(),
            WriteError::Link { path } if path.ends_with(LIST) => {
                format!("remove it: `rm {}`", path.display())
            }
            WriteError::Link { .. } => "replace the link by a file".to_owned(),
            WriteError::SameButForCase { .. } => "choose another name".to_owned(),
            WriteError::NotAFile { path, .. } => {
                format!("move `{}` away, then run the command again", path.display())
            }
            WriteError::ListedByHand { name, .. } => {
                format!("take the line of `{name}` out of `mod.rs`, then run the command again")
            }
            WriteError::Unfinished { .. } => {
                "put the cause right; then `arvel make sync`, as every command that writes, ends it"
                    .to_owned()
            }
            WriteError::BadName { .. } => "use a plain file name".to_owned(),
            WriteError::Changed { .. } => "run the command again: it plans anew".to_owned(),
            WriteError::ReadOnly { path, .. } => format!("`ls -ld {}` shows who may write", path.display()),
            WriteError::NotText { .. } => "save the file as UTF-8".to_owned(),
            WriteError::Module { problem, .. } => problem.hint(),
            WriteError::List { path, .. } => {
                format!("look at it, remove `{}`, then `arvel make sync`", path.display())
            }
            WriteError::Io { source, .. } if source.kind() == io::ErrorKind::StorageFull => {
                "make room on the disk, then run the command again".to_owned()
            }
            WriteError::Io { .. } => "put that right, then run the command again".to_owned(),
        }
    }
}
