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
    /// A SQL file as the `mod.rs` lists it: `2026/1_a.sql`; of a Rust file nothing.
    pub listed: &'static str,
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
    /// `transaction: false` takes it out of the transaction; `true` refuses what would cut it in pieces.
    pub transaction: Option<bool>,
    /// `reads: ["…"]`.
    pub reads: Option<Reads>,
}

/// What a migration reads of the command line, with the text of its file.
#[derive(Clone, Copy)]
pub struct Reads {
    /// Keys of `-x`, and `--tag`.
    pub entries: &'static [&'static str],
    /// The text, put in when compiling.
    pub text: &'static str,
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
            listed: "",
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
            transaction: None,
            reads: None,
        }
    }

    /// The registration that [`migration!`](crate::migration!) makes of its file: one constant, so that a compiler
    /// that meets a thousand of them has little to do.
    ///
    /// # Panics
    /// When the file is not named like a migration: an error of the build, since it is called in a constant.
    #[doc(hidden)]
    #[must_use]
    #[track_caller]
    pub const fn of_file(
        file: &'static str,
        line: &'static str,
        package: &'static str,
        source: Source,
    ) -> Self {
        let name = name_start(file.as_bytes());
        let stem = stem_from(file, name);
        let stub = folder_is_stubs(file.as_bytes(), name);
        assert!(
            stub || const_is_valid_stem(stem),
            "a migration file is named `<stamp>_<slug>.rs`, such as `2026_11_20_143000_create_posts_table.rs`"
        );
        Self { stub, ..Self::new(file, stem, line, package, source) }
    }

    /// As [`of_file`](Self::of_file), of a SQL file that the `mod.rs` in `module` lists.
    ///
    /// # Panics
    /// When the file is not named like a migration.
    #[doc(hidden)]
    #[must_use]
    #[track_caller]
    pub const fn of_sql(
        module: &'static str,
        file: &'static str,
        line: &'static str,
        package: &'static str,
        source: Source,
    ) -> Self {
        let stem = const_stem(file);
        assert!(
            const_is_valid_stem(stem),
            "a SQL migration is named `<stamp>_<slug>.sql`, such as `2026_11_20_143000_create_posts_table.sql`"
        );
        Self { listed: file, ..Self::new(module, stem, line, package, source) }
    }
}

// The functions below are interpreted by the compiler, step by step, for every migration of an application: they go
// over a path once, from its end, and call little.

/// Where the name of the file begins: behind the last separator.
const fn name_start(path: &[u8]) -> usize {
    let mut start = path.len();
    while start > 0 && path[start - 1] != b'/' && path[start - 1] != b'\\' {
        start -= 1;
    }
    start
}

/// The stem of a path in a constant: `database/migrations/1_a.rs` gives `1_a`; `.up.sql` counts as one ending.
#[doc(hidden)]
#[must_use]
pub const fn const_stem(path: &'static str) -> &'static str {
    stem_from(path, name_start(path.as_bytes()))
}

const fn stem_from(path: &'static str, start: usize) -> &'static str {
    let bytes = path.as_bytes();
    let mut end = bytes.len();
    let mut dots = 0;
    let mut at = bytes.len();
    while at > start && dots < 2 {
        at -= 1;
        if bytes[at] == b'.' {
            dots += 1;
            if dots == 1 || is_direction(bytes, at, end) {
                end = at;
            }
        } else if dots == 1 && end - at > ".down".len() {
            break;
        }
    }
    let (head, _) = path.split_at(end);
    let (_, stem) = head.split_at(start);
    stem
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
        if !matches!(bytes[i], b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.') {
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
    folder_is_stubs(path.as_bytes(), name_start(path.as_bytes()))
}

const fn folder_is_stubs(path: &[u8], name: usize) -> bool {
    let word = b"stubs";
    if name <= word.len() {
        return false;
    }
    let folder = name - 1 - word.len();
    let mut i = 0;
    while i < word.len() {
        if path[folder + i] != word[i] {
            return false;
        }
        i += 1;
    }
    folder == 0 || path[folder - 1] == b'/' || path[folder - 1] == b'\\'
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
        assert_eq!(const_stem("a.down/1_x.rs"), "1_x");
        assert_eq!(const_stem("1_x.updown.sql"), "1_x.updown");
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
        assert!(const_folder_is_stubs("a\\stubs\\a.rs"));
        for no in ["a.rs", "", "stub/a.rs", "stubsa.rs", "a/stub/a.rs", "stubs"] {
            assert!(!const_folder_is_stubs(no), "{no}");
        }
    }
}
