//! What `inventory` holds: constants that the macros submit, and the const functions that check file names.
//!
//! Everything here is `const` and `'static`, because it is built before `main`; the [`Catalog`](super::Catalog)
//! turns it into owned values and reports what is wrong with it.

use crate::dsl::Schema;

/// Where the body of a registered migration is.
#[derive(Clone, Copy)]
pub enum Source {
    /// Functions that record operations.
    Rust {
        /// The way forward.
        up: fn(&mut Schema),
        /// The way back, when one is written.
        down: Option<fn(&mut Schema)>,
    },
    /// The text of one SQL file with sections.
    Sql {
        /// The whole text.
        text: &'static str,
    },
    /// A pair of SQL files.
    SqlPair {
        /// The text of the `.up.sql` file.
        up: &'static str,
        /// The text of the `.down.sql` file.
        down: &'static str,
    },
}

/// One compiled-in migration. Written by [`migration!`](crate::migration!) and [`sql!`](crate::sql).
#[derive(Clone, Copy)]
pub struct Registration {
    /// `file!()` of the migration, or of the `mod.rs` that lists a SQL file.
    pub file: &'static str,
    /// The file stem: the default revision.
    pub stem: &'static str,
    /// The line of the folder, from its `mod.rs`.
    pub line: &'static str,
    /// The crate that holds it.
    pub package: &'static str,
    /// Whether it is a stub of a bundle: text for the publisher, not a migration of the application.
    pub stub: bool,
    /// The body.
    pub source: Source,
    /// `revision: "…"`.
    pub revision: Option<&'static str>,
    /// `parents: ["…"]`; an empty list is a root.
    pub parents: Option<&'static [&'static str]>,
    /// `depends_on: ["…"]`.
    pub depends_on: &'static [&'static str],
    /// `labels: ["…"]`.
    pub labels: &'static [&'static str],
    /// `origin: "package/stub"`.
    pub origin: Option<&'static str>,
    /// `database: "…"`.
    pub database: Option<&'static str>,
    /// `description: "…"`.
    pub description: Option<&'static str>,
    /// `transaction: false` takes it out of the transaction.
    pub transaction: bool,
}

inventory::collect!(Registration);

impl Registration {
    /// A registration with nothing but its file, its line and its body.
    #[must_use]
    pub const fn new(
        file: &'static str,
        stem: &'static str,
        line: &'static str,
        package: &'static str,
        source: Source,
    ) -> Self {
        Self {
            file,
            stem,
            line,
            package,
            stub: false,
            source,
            revision: None,
            parents: None,
            depends_on: &[],
            labels: &[],
            origin: None,
            database: None,
            description: None,
            transaction: true,
        }
    }
}

/// The stem of a path in a constant: `database/migrations/1_a.rs` gives `1_a`; `.up.sql` counts as one ending.
#[doc(hidden)]
#[must_use]
pub const fn const_stem(path: &'static str) -> &'static str {
    let bytes = path.as_bytes();
    let mut start = 0;
    let mut i = 0;
    while i < bytes.len() {
        if bytes[i] == b'/' || bytes[i] == b'\\' {
            start = i + 1;
        }
        i += 1;
    }
    let mut end = bytes.len();
    let mut dots = 0;
    let mut j = bytes.len();
    while j > start && dots < 2 {
        j -= 1;
        if bytes[j] == b'.' {
            dots += 1;
            if dots == 1 || is_direction(bytes, j, end) {
                end = j;
            }
        }
    }
    let (head, _) = bytes.split_at(end);
    let (_, stem) = head.split_at(start);
    match core::str::from_utf8(stem) {
        Ok(stem) => stem,
        Err(_) => "",
    }
}

const fn is_direction(bytes: &[u8], from: usize, to: usize) -> bool {
    let length = to - from;
    (length == 3 && bytes[from + 1] == b'u' && bytes[from + 2] == b'p')
        || (length == 5
            && bytes[from + 1] == b'd'
            && bytes[from + 2] == b'o'
            && bytes[from + 3] == b'w'
            && bytes[from + 4] == b'n')
}

/// Whether a stem is a stamp, `_` and a slug of letters, digits, `_` and `.`: checked when compiling.
#[doc(hidden)]
#[must_use]
pub const fn const_is_valid_stem(stem: &str) -> bool {
    let bytes = stem.as_bytes();
    let mut digits = 0;
    while digits < bytes.len() && bytes[digits].is_ascii_digit() {
        digits += 1;
    }
    if digits == 0 || digits > 18 || bytes.len() > 190 || digits + 1 >= bytes.len() || bytes[digits] != b'_' {
        return false;
    }
    let mut i = 0;
    while i < bytes.len() {
        if !(bytes[i].is_ascii_alphanumeric() || bytes[i] == b'_' || bytes[i] == b'.') {
            return false;
        }
        i += 1;
    }
    true
}

/// Whether a file lies in a folder called `stubs`: such a migration is text for the publisher.
#[doc(hidden)]
#[must_use]
pub const fn const_folder_is_stubs(path: &str) -> bool {
    let bytes = path.as_bytes();
    let mut last = bytes.len();
    while last > 0 && bytes[last - 1] != b'/' && bytes[last - 1] != b'\\' {
        last -= 1;
    }
    if last < 6 {
        return false;
    }
    let name = [bytes[last - 6], bytes[last - 5], bytes[last - 4], bytes[last - 3], bytes[last - 2]];
    let stubs = *b"stubs";
    let mut i = 0;
    while i < 5 {
        if name[i] != stubs[i] {
            return false;
        }
        i += 1;
    }
    last == 6 || bytes[last - 7] == b'/' || bytes[last - 7] == b'\\'
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems() {
        assert_eq!(const_stem("database/migrations/2026_11_20_143000_a.rs"), "2026_11_20_143000_a");
        assert_eq!(const_stem("a\\b\\1_x.up.sql"), "1_x");
        assert_eq!(const_stem("1_x.down.sql"), "1_x");
        assert_eq!(const_stem("1_x.v2.sql"), "1_x.v2");
        assert_eq!(const_stem("1_x"), "1_x");
    }

    #[test]
    fn stems_that_are_file_names_of_migrations() {
        assert!(const_is_valid_stem("2026_11_20_143000_create_posts_table"));
        assert!(const_is_valid_stem("1_x"));
        for bad in ["create_posts", "2026", "1_", "1_a-b", "1_é", "_1_a", ""] {
            assert!(!const_is_valid_stem(bad), "{bad}");
        }
    }

    #[test]
    fn stubs_folders() {
        assert!(const_folder_is_stubs("src/stubs/a.rs"));
        assert!(const_folder_is_stubs("stubs/a.rs"));
        assert!(!const_folder_is_stubs("src/notstubs/a.rs"));
        assert!(!const_folder_is_stubs("a.rs"));
    }
}
