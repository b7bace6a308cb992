//! The names of new files: what a person typed, as the part of a file name behind the stamp.
//!
//! Spaces become `_`; anything else that does not fit is refused with the reason and a name that would do. A bad
//! name never becomes a broken file.

use super::file_stem;
use crate::migration::{slug_of, split_stamp};

/// A stamp and `_` come before it, and a revision has at most 190 characters.
const LONGEST: usize = 172;

/// A name that can not be part of a file name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum SlugError {
    /// Nothing.
    #[error("the name is empty")]
    Empty,
    /// A path.
    #[error("`{name}` is a path; only a name is wanted")]
    Path {
        /// The name.
        name: String,
    },
    /// A character outside the alphabet.
    #[error("`{name}` contains {character:?}; lower-case letters, digits and `_` are allowed")]
    Character {
        /// The name.
        name: String,
        /// The first character that is not allowed.
        character: char,
    },
    /// `_` at an end.
    #[error("`{name}` begins or ends with `_`")]
    Edge {
        /// The name.
        name: String,
    },
    /// Longer than a revision may be.
    #[error("the name is {length} characters long; at most {LONGEST} are allowed")]
    TooLong {
        /// Its length.
        length: usize,
    },
    /// A stamp, which is added anyway.
    #[error("`{name}` begins with a stamp; it is put before the name by itself")]
    Stamp {
        /// The name.
        name: String,
    },
}

impl SlugError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        let example = || "a name such as `create_posts_table` says what the migration does".to_owned();
        match self {
            SlugError::Empty | SlugError::TooLong { .. } => example(),
            SlugError::Path { name } => {
                let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
                format!("`--path` names the folder; the name could be `{}`", suggestion(last))
            }
            SlugError::Stamp { name } => format!("use `{}`", split_stamp(name).1),
            SlugError::Character { name, .. } | SlugError::Edge { name } => match suggestion(name).as_str() {
                "" => example(),
                good => format!("use `{good}`"),
            },
        }
    }
}

/// Checks a name and joins its words with `_`: `create users table` is `create_users_table`.
///
/// # Errors
/// [`SlugError`] with the reason.
pub fn slug(name: &str) -> Result<String, SlugError> {
    let name = name.split_whitespace().collect::<Vec<_>>().join("_");
    if name.is_empty() {
        return Err(SlugError::Empty);
    }
    if name.contains(['/', '\\']) {
        return Err(SlugError::Path { name });
    }
    if let Some(character) =
        name.chars().find(|c| !(c.is_ascii_lowercase() || c.is_ascii_digit() || *c == '_'))
    {
        return Err(SlugError::Character { name, character });
    }
    if name.starts_with('_') || name.ends_with('_') {
        return Err(SlugError::Edge { name });
    }
    if name.len() > LONGEST {
        return Err(SlugError::TooLong { length: name.len() });
    }
    if split_stamp(&name).0.is_some_and(|stamp| stamp >= 10_000_000) {
        return Err(SlugError::Stamp { name });
    }
    Ok(name)
}

/// A name made from a sentence: `Create the posts table` is `create_the_posts_table`.
///
/// # Errors
/// [`SlugError`] when nothing of it can be part of a name, or it is too long.
pub fn slug_of_text(text: &str) -> Result<String, SlugError> {
    match suggestion(text) {
        name if name.is_empty() && !text.trim().is_empty() => slug(text),
        name => slug(&name),
    }
}

/// The stems of the files that a name means by its letters: the whole stem, or the whole slug. For files that can not be
/// read, and so have no revision.
#[must_use]
pub fn stems_named(files: &[String], name: &str) -> Vec<String> {
    let stems: std::collections::BTreeSet<&str> = files.iter().map(|file| file_stem(file)).collect();
    let meant = stems.into_iter().filter(|stem| *stem == name || slug_of(stem) == name);
    meant.map(str::to_owned).collect()
}

/// The nearest name that is allowed: `CreateUsers-Table` gives `create_users_table`.
pub(super) fn suggestion(name: &str) -> String {
    let mut words = String::new();
    let mut lower = false;
    for c in name.chars() {
        if c.is_ascii_alphanumeric() {
            if c.is_ascii_uppercase() && lower {
                words.push('_');
            }
            words.push(c.to_ascii_lowercase());
        } else {
            words.push('_');
        }
        lower = c.is_ascii_lowercase() || c.is_ascii_digit();
    }
    words.split('_').filter(|word| !word.is_empty()).collect::<Vec<_>>().join("_")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn good_names() {
        for (name, expected) in [
            ("create_users_table", "create_users_table"),
            (" create users  table ", "create_users_table"),
            ("2fa", "2fa"),
            ("2026_budget", "2026_budget"),
        ] {
            assert_eq!(slug(name).as_deref(), Ok(expected));
        }
    }

    #[test]
    fn files_are_meant_by_their_letters() {
        let files = ["1_a.rs", "2_b.up.sql", "2_b.down.sql", "3_a.sql"].map(str::to_owned);
        assert_eq!(stems_named(&files, "1_a"), ["1_a"]);
        assert_eq!(stems_named(&files, "b"), ["2_b"]);
        assert_eq!(stems_named(&files, "a"), ["1_a", "3_a"]);
        assert_eq!(stems_named(&files, "c"), [""; 0]);
    }

    #[test]
    fn a_sentence_becomes_a_name() {
        for (text, expected) in [
            ("Create the posts table", "create_the_posts_table"),
            ("create_posts_table", "create_posts_table"),
            ("users' e-mail: not null!", "users_e_mail_not_null"),
        ] {
            assert_eq!(slug_of_text(text).as_deref(), Ok(expected));
        }
        assert_eq!(slug_of_text("!!"), Err(SlugError::Character { name: "!!".to_owned(), character: '!' }));
        assert_eq!(slug_of_text(" "), Err(SlugError::Empty));
    }

    #[test]
    fn bad_names_are_refused_with_one_that_would_do() {
        let long = "x".repeat(173);
        let cases = [
            ("", "the name is empty", "a name such as `create_posts_table` says what the migration does"),
            (
                "CreateUsers-Table",
                "`CreateUsers-Table` contains 'C'; lower-case letters, digits and `_` are allowed",
                "use `create_users_table`",
            ),
            (
                "é",
                "`é` contains 'é'; lower-case letters, digits and `_` are allowed",
                "a name such as `create_posts_table` says what the migration does",
            ),
            ("a.up", "`a.up` contains '.'; lower-case letters, digits and `_` are allowed", "use `a_up`"),
            (
                "../etc/x",
                "`../etc/x` is a path; only a name is wanted",
                "`--path` names the folder; the name could be `x`",
            ),
            ("_a_", "`_a_` begins or ends with `_`", "use `a`"),
            (
                "2026_11_20_143000_add_x",
                "`2026_11_20_143000_add_x` begins with a stamp; it is put before the name by itself",
                "use `add_x`",
            ),
            (
                &long,
                "the name is 173 characters long; at most 172 are allowed",
                "a name such as `create_posts_table` says what the migration does",
            ),
        ];
        for (name, message, hint) in cases {
            let error = slug(name).expect_err(name);
            assert_eq!((error.to_string().as_str(), error.hint().as_str()), (message, hint));
        }
    }
}
