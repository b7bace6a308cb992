//! What can be wrong with a SQL file, each with its line and the way to mend it.

use super::header::KEYS;
use crate::shown::shown;

/// A SQL file that can not be read. Every variant has the line of the file, from 1.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SqlFileError {
    /// A comment that looks like a section, and is none.
    #[error("line {line}: `{}` is not a section", shown(text))]
    UnknownSection {
        /// The line, from 1.
        line: usize,
        /// The comment.
        text: String,
        /// What was probably meant: `-- migrate:up`.
        suggestion: Option<&'static str>,
    },
    /// A word after a section's name that means nothing.
    #[error("line {line}: unexpected `{}` after `-- migrate:{section}`", shown(word))]
    UnexpectedWord {
        /// The line, from 1.
        line: usize,
        /// `up` or `down`.
        section: &'static str,
        /// The word.
        word: String,
    },
    /// A section that was there already.
    #[error("line {line}: a second `-- migrate:{section}`; the first is on line {first}")]
    DuplicateSection {
        /// `up` or `down`.
        section: &'static str,
        /// The line of the first, from 1.
        first: usize,
        /// The line of the second, from 1.
        line: usize,
    },
    /// The way back is written before the way forward.
    #[error("line {line}: `-- migrate:down` comes before `-- migrate:up`")]
    DownBeforeUp {
        /// The line, from 1.
        line: usize,
    },
    /// A way back only.
    #[error("line {line}: there is a `-- migrate:down` but no `-- migrate:up`")]
    MissingUp {
        /// The line of the down section, from 1.
        line: usize,
    },
    /// Nothing to run.
    #[error("line {line}: the way forward is empty")]
    EmptyUp {
        /// The line where it begins, from 1.
        line: usize,
    },
    /// SQL that belongs to no section.
    #[error("line {line}: SQL before the first section")]
    SqlBeforeSection {
        /// The line, from 1.
        line: usize,
    },
    /// A header whose name is nearly a known one.
    #[error("line {line}: unknown header `{}`; did you mean `{suggestion}`?", shown(key))]
    UnknownHeader {
        /// The line, from 1.
        line: usize,
        /// What was written.
        key: String,
        /// The known one.
        suggestion: &'static str,
    },
    /// A header that was there already.
    #[error("line {line}: a second `-- {key}:`; the first is on line {first}")]
    DuplicateHeader {
        /// The line of the second, from 1.
        line: usize,
        /// The header.
        key: &'static str,
        /// The line of the first, from 1.
        first: usize,
    },
    /// A header, or one entry of its list, without a value.
    #[error("line {line}: `-- {key}:` has an empty value")]
    EmptyHeader {
        /// The line, from 1.
        line: usize,
        /// The header.
        key: &'static str,
    },
    /// `none` and a parent.
    #[error("line {line}: `none` beside other parents")]
    NoneAmongParents {
        /// The line, from 1.
        line: usize,
    },
    /// `-- no-transaction` where it has no effect.
    #[error("line {line}: `-- no-transaction` counts only as the first line of a file without sections")]
    MisplacedNoTransaction {
        /// The line, from 1.
        line: usize,
    },
    /// One file of a pair has sections.
    #[error("line {line}: a section in a `.{side}.sql` file")]
    SectionInPair {
        /// `up` or `down`.
        side: &'static str,
        /// The line, from 1.
        line: usize,
    },
    /// A header in the second file of a pair.
    #[error("line {line}: `-- {key}:` in a `.down.sql` file")]
    HeaderInDown {
        /// The header.
        key: &'static str,
        /// The line, from 1.
        line: usize,
    },
    /// What is wrong is in the second file of a pair.
    #[error("{0}")]
    InDown(Box<SqlFileError>),
}

impl SqlFileError {
    /// The line of the file, from 1.
    #[must_use]
    pub fn line(&self) -> usize {
        match self {
            Self::UnknownSection { line, .. }
            | Self::UnexpectedWord { line, .. }
            | Self::DuplicateSection { line, .. }
            | Self::DownBeforeUp { line }
            | Self::MissingUp { line }
            | Self::EmptyUp { line }
            | Self::SqlBeforeSection { line }
            | Self::UnknownHeader { line, .. }
            | Self::DuplicateHeader { line, .. }
            | Self::EmptyHeader { line, .. }
            | Self::NoneAmongParents { line }
            | Self::MisplacedNoTransaction { line }
            | Self::SectionInPair { line, .. }
            | Self::HeaderInDown { line, .. } => *line,
            Self::InDown(error) => error.line(),
        }
    }

    /// What to do.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            Self::UnknownSection { suggestion: Some(suggestion), .. } => format!("write `{suggestion}`"),
            Self::UnknownSection { .. } => "sections are `-- migrate:up` and `-- migrate:down`".into(),
            Self::UnexpectedWord { section, .. } => {
                format!("only `transaction:false` or `transaction:true` can follow `-- migrate:{section}`")
            }
            Self::DuplicateSection { .. } => "put both parts under one marker, or into two files".into(),
            Self::DownBeforeUp { .. } => "move the up section to the top".into(),
            Self::MissingUp { .. } => "add `-- migrate:up` above it, with the SQL of the way forward".into(),
            Self::EmptyUp { .. } => {
                "write the SQL of the way forward, or a comment that says why there is none".into()
            }
            Self::SqlBeforeSection { .. } => "move it below `-- migrate:up`".into(),
            Self::UnknownHeader { suggestion, .. } => {
                format!("write `-- {suggestion}: …`; headers are {}", KEYS.join(", "))
            }
            Self::DuplicateHeader { key, .. } => match *key {
                "parents" | "depends_on" | "labels" => format!("write one `-- {key}: A, B`"),
                _ => "leave one of them out".into(),
            },
            Self::EmptyHeader { key: "parents", .. } => {
                "name the revisions, separated by commas, or write `-- parents: none`".into()
            }
            Self::EmptyHeader { .. } => "give it a value, or leave the line out".into(),
            Self::NoneAmongParents { .. } => {
                "write `-- parents: none` for a base of its own, or only the revisions".into()
            }
            Self::MisplacedNoTransaction { .. } => {
                "write `-- migrate:up transaction:false` above the SQL, or make it the first line".into()
            }
            Self::SectionInPair { side, .. } => format!(
                "leave the marker out (the file's name says `{side}`), or put both sections into one `.sql` file"
            ),
            Self::HeaderInDown { .. } => "move it to the `.up.sql` file".into(),
            Self::InDown(error) => error.hint(),
        }
    }
}
