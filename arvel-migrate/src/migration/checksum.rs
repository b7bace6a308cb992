//! The checksum of a migration: what tells an edited applied file from an untouched one.

use std::fmt;

use sha2::{Digest, Sha256};

use super::{Body, Migration};
use crate::{dsl::Schema, operation::canonical_text, publish::digest_of_content};

/// `v1:` and the SHA-256 of the canonical form of what `up` records, or of the up section of a SQL file.
///
/// Formatting a Rust migration changes nothing; a data step contributes its name only. `down` is not in it. Of a Rust
/// migration that reads what the command line gives it is made of the text of its file, formatting and its place in the
/// graph aside.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Checksum(String);

impl Checksum {
    /// The checksum of a migration. It records `up`; nothing runs.
    #[must_use]
    pub fn of(migration: &Migration) -> Self {
        match &migration.up {
            // What it records depends on the command line.
            Body::Rust(_) if !migration.reads.is_empty() => {
                let text = migration.text.as_deref().unwrap_or_default();
                Self::of_text(&format!("reads\n{}", digest_of_content(text)))
            }
            Body::Rust(up) => Self::of_text(&canonical_text(&Schema::record(*up).operations)),
            Body::Sql(section) => Self::of_text(section.normalized()),
        }
    }

    /// The checksum of a text.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let mut checksum = String::with_capacity(67);
        checksum.push_str("v1:");
        push_hex(&mut checksum, &Sha256::digest(text.as_bytes()));
        Self(checksum)
    }

    /// A checksum as the history table holds it.
    #[must_use]
    pub fn from_stored(text: &str) -> Self {
        Self(text.to_owned())
    }

    /// The text, `v1:…`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Checksum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// Lower-case hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 2);
    push_hex(&mut out, bytes);
    out
}

fn push_hex(out: &mut String, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for byte in bytes {
        out.push(char::from(DIGITS[usize::from(byte >> 4)]));
        out.push(char::from(DIGITS[usize::from(byte & 15)]));
    }
}
