//! Names: revision, label, line, and the key by which files are ordered.
//!
//! The rules are graph.md's: ASCII letters, digits, `_` and `.`, at most 190 characters, and none of the words
//! of the target language. A name that breaks them is refused here, so that no later stage has to ask.

use std::{cmp::Ordering, fmt, sync::Arc};

use crate::shown::shown;

/// Words of the target language that no revision or label may take.
const RESERVED: [&str; 5] = ["head", "heads", "base", "current", "all"];
/// The longest name: it must fit the primary key of the history table.
const LONGEST: usize = 190;

/// A name that can not be used, with the reason.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NameError {
    /// Nothing at all.
    #[error("{what} is empty")]
    Empty {
        /// `revision`, `label` or `line`.
        what: &'static str,
    },
    /// A character outside the alphabet.
    #[error("{what} `{}` contains {character:?}; letters, digits, `_` and `.` are allowed", shown(name))]
    Character {
        /// `revision`, `label` or `line`.
        what: &'static str,
        /// The name.
        name: String,
        /// The first character that is not allowed.
        character: char,
    },
    /// Longer than the history table can hold.
    #[error("{what} `{}` is {length} characters long; at most {LONGEST} are allowed", shown(name))]
    TooLong {
        /// `revision`, `label` or `line`.
        what: &'static str,
        /// The name.
        name: String,
        /// Its length in characters.
        length: usize,
    },
    /// A word that means something else on the command line.
    #[error("{what} `{name}` is a reserved word of the target language")]
    Reserved {
        /// `revision`, `label` or `line`.
        what: &'static str,
        /// The name.
        name: String,
    },
}

fn check(what: &'static str, name: &str) -> Result<(), NameError> {
    if name.is_empty() {
        return Err(NameError::Empty { what });
    }
    if let Some(character) = name.chars().find(|c| !(c.is_ascii_alphanumeric() || *c == '_' || *c == '.')) {
        return Err(NameError::Character { what, name: name.to_owned(), character });
    }
    if name.len() > LONGEST {
        return Err(NameError::TooLong { what, name: name.to_owned(), length: name.len() });
    }
    if RESERVED.contains(&name) {
        return Err(NameError::Reserved { what, name: name.to_owned() });
    }
    Ok(())
}

macro_rules! name {
    ($(#[$doc:meta])* $type:ident, $what:literal) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $type(Arc<str>);

        impl $type {
            /// Checks the name.
            ///
            /// # Errors
            /// [`NameError`] when it is empty, too long, reserved, or has a character that is not allowed.
            pub fn new(name: impl AsRef<str>) -> Result<Self, NameError> {
                check($what, name.as_ref())?;
                Ok(Self(Arc::from(name.as_ref())))
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.pad(&self.0)
            }
        }

        impl fmt::Debug for $type {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Debug::fmt(&*self.0, f)
            }
        }

        impl std::borrow::Borrow<str> for $type {
            fn borrow(&self) -> &str {
                &self.0
            }
        }

        impl AsRef<str> for $type {
            fn as_ref(&self) -> &str {
                &self.0
            }
        }
    };
}

name!(
    /// The identity of one migration: the file stem, or the `revision` of its header.
    RevisionId,
    "revision"
);
name!(
    /// A name for a branch.
    Label,
    "label"
);

/// The name of an ordered set of migrations: `default`, `database:<name>` for the folder of a database of its own, or
/// `package:<name>`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct LineName(Arc<str>);

/// How the line of a database's own folder begins.
const OF_DATABASE: &str = "database:";
/// How the line of a package that runs in place begins.
const OF_PACKAGE: &str = "package:";

impl LineName {
    /// The line of `migrations.path`.
    #[must_use]
    pub fn default_line() -> Self {
        Self(Arc::from("default"))
    }

    /// The line of a database's own folder, `database:<name>`.
    #[must_use]
    pub fn of_database(name: &str) -> Self {
        Self(Arc::from(format!("{OF_DATABASE}{name}")))
    }

    /// The database whose own folder this is the line of.
    #[must_use]
    pub fn database(&self) -> Option<&str> {
        self.0.strip_prefix(OF_DATABASE)
    }

    /// The line of a package whose migrations run in place, `package:<name>`.
    #[must_use]
    pub fn of_package(name: &str) -> Self {
        Self(Arc::from(format!("{OF_PACKAGE}{name}")))
    }

    /// The package whose migrations, run in place, this is the line of.
    #[must_use]
    pub fn package(&self) -> Option<&str> {
        self.0.strip_prefix(OF_PACKAGE)
    }

    /// A line by its name.
    #[must_use]
    pub fn new(name: &str) -> Self {
        Self(Arc::from(name))
    }

    /// The text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for LineName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&self.0)
    }
}

/// Orders the files of a line: the stamp as a number, then the slug, then the stem.
///
/// Sorted as bytes, `20261120150000_a` would come before `2026_11_20_143000_b`; as numbers it does not.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SortKey {
    stamp: u64,
    slug: String,
    stem: String,
}

impl SortKey {
    /// The key of a file stem. A stem without a stamp sorts last among equals, by its slug.
    #[must_use]
    pub fn of(stem: &str) -> Self {
        let (stamp, slug) = split_stamp(stem);
        Self { stamp: stamp.unwrap_or(u64::MAX), slug: slug.to_owned(), stem: stem.to_owned() }
    }

    /// Compares the keys of two file stems without making them.
    #[must_use]
    pub fn compare(one: &str, other: &str) -> Ordering {
        let parts = |stem| {
            let (stamp, slug) = split_stamp(stem);
            (stamp.unwrap_or(u64::MAX), slug)
        };
        parts(one).cmp(&parts(other)).then_with(|| one.cmp(other))
    }
}

/// Splits `2026_11_20_143000_create_posts_table` into its stamp and its slug.
///
/// A stamp is `YYYY_MM_DD_HHMMSS` or 1 to 18 digits, followed by `_` and something more.
pub(crate) fn split_stamp(stem: &str) -> (Option<u64>, &str) {
    let bytes = stem.as_bytes();
    let long = bytes.len() > 18
        && bytes[17] == b'_'
        && bytes[..17].iter().enumerate().all(|(i, b)| match i {
            4 | 7 | 10 => *b == b'_',
            _ => b.is_ascii_digit(),
        });
    if long {
        let digits = bytes[..17].iter().filter(|b| b.is_ascii_digit());
        let stamp = digits.fold(0, |stamp, b| stamp * 10 + u64::from(b - b'0'));
        return (Some(stamp), &stem[18..]);
    }
    let digits = bytes.iter().take_while(|b| b.is_ascii_digit()).count();
    if (1..=18).contains(&digits) && bytes.get(digits) == Some(&b'_') && bytes.len() > digits + 1 {
        return (stem[..digits].parse().ok(), &stem[digits + 1..]);
    }
    (None, stem)
}

/// The stem without its stamp.
pub(crate) fn slug_of(stem: &str) -> &str {
    split_stamp(stem).1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stamps_of_both_forms_sort_as_numbers() {
        let mut stems = vec!["20261120150000_b", "2026_11_20_143000_a", "2_c", "1_d", "10_e"];
        stems.sort_by_key(|stem| SortKey::of(stem));
        assert_eq!(stems, ["1_d", "2_c", "10_e", "2026_11_20_143000_a", "20261120150000_b"]);
    }

    #[test]
    fn stems_compare_as_their_keys_do() {
        let stems =
            ["1_a", "01_a", "1_b", "2_a", "10_a", "a", "b", "2026_11_20_143000_a", "20261120143000_a", "1_"];
        for one in stems {
            for other in stems {
                let keys = SortKey::of(one).cmp(&SortKey::of(other));
                assert_eq!(SortKey::compare(one, other), keys, "{one} {other}");
            }
        }
    }

    #[test]
    fn a_stamp_needs_something_after_it() {
        assert_eq!(split_stamp("2026_11_20_143000_"), (Some(2026), "11_20_143000_"));
        assert_eq!(split_stamp("create"), (None, "create"));
        assert_eq!(split_stamp("12"), (None, "12"));
        assert_eq!(split_stamp("2026_11_20_143000_x").1, "x");
    }

    #[test]
    fn names_are_refused_with_the_reason() {
        assert!(matches!(RevisionId::new("a-b"), Err(NameError::Character { character: '-', .. })));
        assert!(matches!(RevisionId::new("heads"), Err(NameError::Reserved { .. })));
        assert!(matches!(Label::new(""), Err(NameError::Empty { what: "label" })));
        assert!(matches!(RevisionId::new("x".repeat(191)), Err(NameError::TooLong { .. })));
        assert!(RevisionId::new("x".repeat(190)).is_ok());
    }
}
