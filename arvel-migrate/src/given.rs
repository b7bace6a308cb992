//! What the command line gives to migrations and hooks: `-x key=value` and `--tag`.
//!
//! It is a value of one run. Nothing of it is written to the history, and a checksum is always made without it.

use std::{collections::BTreeSet, sync::Arc};

/// The entry of `reads` that stands for `--tag`.
pub(crate) const TAG: &str = "--tag";

/// The arguments of `-x` and the tag of `--tag`. Cheap to clone.
///
/// ```
/// use arvel_migrate::Given;
///
/// let given = Given::parse(["tenant=acme", "note=a=b"])?.tagged("v2");
/// assert_eq!(given.argument("tenant"), Some("acme"));
/// assert_eq!(given.argument("note"), Some("a=b"));
/// assert_eq!((given.argument("other"), given.tag()), (None, Some("v2")));
/// # Ok::<(), arvel_migrate::GivenError>(())
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Given {
    inner: Arc<Inner>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
struct Inner {
    arguments: Vec<(String, String)>,
    tag: Option<String>,
}

/// An argument that can not be understood.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GivenError {
    /// A word without `=`.
    #[error("`-x {text}`: a key and a value are expected")]
    NoValue {
        /// The word.
        text: String,
    },
    /// A key that is none.
    #[error("`-x {text}`: {key:?} is no key; letters, digits, `_`, `-` and `.` are")]
    Key {
        /// The word.
        text: String,
        /// What stands before the `=`.
        key: String,
    },
    /// A key that is given twice.
    #[error("`-x {key}=…` is given twice")]
    Twice {
        /// The key.
        key: String,
    },
}

impl Given {
    /// Reads words of the form `key=value`. A value may be empty, and may hold further `=`.
    ///
    /// # Errors
    /// [`GivenError`] with the word.
    pub fn parse<W: AsRef<str>>(words: impl IntoIterator<Item = W>) -> Result<Self, GivenError> {
        let mut arguments: Vec<(String, String)> = Vec::new();
        for word in words {
            let text = word.as_ref().to_owned();
            let Some((key, value)) = text.split_once('=') else { return Err(GivenError::NoValue { text }) };
            if !is_key(key) {
                return Err(GivenError::Key { key: key.to_owned(), text });
            }
            if arguments.iter().any(|(known, _)| known == key) {
                return Err(GivenError::Twice { key: key.to_owned() });
            }
            arguments.push((key.to_owned(), value.to_owned()));
        }
        Ok(Self { inner: Arc::new(Inner { arguments, tag: None }) })
    }

    /// The same with a tag.
    #[must_use]
    pub fn tagged(mut self, tag: impl Into<String>) -> Self {
        Arc::make_mut(&mut self.inner).tag = Some(tag.into());
        self
    }

    /// The value of a key of `-x`.
    #[must_use]
    pub fn argument(&self, key: &str) -> Option<&str> {
        let found = self.inner.arguments.iter().find(|(known, _)| known == key);
        found.map(|(_, value)| value.as_str())
    }

    /// What `--tag` says.
    #[must_use]
    pub fn tag(&self) -> Option<&str> {
        self.inner.tag.as_deref()
    }

    /// All keys and values of `-x`, as they were given.
    pub fn arguments(&self) -> impl Iterator<Item = (&str, &str)> {
        self.inner.arguments.iter().map(|(key, value)| (key.as_str(), value.as_str()))
    }

    /// Whether nothing is given.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.inner.arguments.is_empty() && self.inner.tag.is_none()
    }

    /// What is given and not among these entries of `reads`, as on a command line.
    #[must_use]
    pub fn unread(&self, read: &BTreeSet<&str>) -> Vec<String> {
        let keys = self.arguments().map(|(key, _)| key).filter(|key| !read.contains(key));
        let tag = self.tag().filter(|_| !read.contains(TAG)).map(|_| "`--tag`".to_owned());
        keys.map(|key| format!("`-x {key}`")).chain(tag).collect()
    }

    /// What an entry of a migration's `reads` stands for.
    pub(crate) fn read(&self, entry: &str) -> Option<&str> {
        if entry == TAG { self.tag() } else { self.argument(entry) }
    }
}

/// As on a command line: `-x tenant=acme --tag v2`.
impl std::fmt::Display for Given {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let arguments = self.arguments().map(|(key, value)| format!("-x {key}={value}"));
        let words: Vec<String> = arguments.chain(self.tag().map(|tag| format!("--tag {tag}"))).collect();
        f.write_str(&words.join(" "))
    }
}

/// Whether a text can be a key of `-x`.
pub(crate) fn is_key(text: &str) -> bool {
    let good = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'.');
    text.bytes().all(good) && text.bytes().next().is_some_and(|b| b != b'-')
}

/// An entry of `reads` as it is written on the command line.
pub(crate) fn on_command_line(entry: &str) -> String {
    if entry == TAG { "--tag …".to_owned() } else { format!("-x {entry}=…") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_keys_and_values_or_refused() {
        let given = Given::parse(["a=1", "b=", "c.d-e_f=x=y"]).unwrap().tagged("t");
        assert_eq!(given.to_string(), "-x a=1 -x b= -x c.d-e_f=x=y --tag t");
        assert_eq!((given.read("b"), given.read(TAG), given.read("z")), (Some(""), Some("t"), None));
        let refused = |words: &[&str]| Given::parse(words).unwrap_err().to_string();
        assert_eq!(refused(&["tenant"]), "`-x tenant`: a key and a value are expected");
        assert_eq!(refused(&["=x"]), "`-x =x`: \"\" is no key; letters, digits, `_`, `-` and `.` are");
        assert!(refused(&["a b=x"]).contains("\"a b\" is no key"));
        assert!(refused(&["--tag=x"]).contains("\"--tag\" is no key"));
        assert_eq!(refused(&["a=1", "a=2"]), "`-x a=…` is given twice");
        assert!(Given::default().is_empty() && !Given::default().tagged("x").is_empty());
    }
}
