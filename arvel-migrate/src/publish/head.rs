//! The comments at the top of a file: where the publisher's line stands, and the header lines of a SQL file.
//!
//! Lines are all that is read here. What a SQL file says as a migration, its own reader checks.

use super::FileKind;

/// How many lines come before the first code of a file: comments, also those of several lines, and empty lines. A
/// section of a SQL file is code.
pub(super) fn head_length(kind: FileKind, text: &str) -> usize {
    let mut in_block = false;
    let is_head = |line: &&str| {
        let line = line.trim();
        if !in_block && !line.starts_with("/*") {
            return line.is_empty()
                || line.starts_with(kind.comment()) && !is_section(kind, line)
                || kind == FileKind::Sql && line.starts_with('#');
        }
        // MySQL runs what is in `/*! … */`.
        if !in_block && (line.starts_with("/*!") || line.starts_with("/*M!")) {
            return false;
        }
        match line.split_once("*/") {
            None => {
                in_block = true;
                true
            }
            Some((_, rest)) => {
                in_block = false;
                rest.trim().is_empty()
            }
        }
    };
    text.lines().take_while(is_head).count()
}

/// What the comment lines at the top say, without their marks.
pub(super) fn comments(kind: FileKind, text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .take(head_length(kind, text))
        .filter_map(move |line| line.trim().strip_prefix(kind.comment()).map(str::trim))
}

/// The value of `key: value`.
pub(super) fn value<'a>(comment: &'a str, key: &str) -> Option<&'a str> {
    comment.strip_prefix(key)?.trim_start().strip_prefix(':').map(str::trim)
}

fn is_section(kind: FileKind, line: &str) -> bool {
    kind == FileKind::Sql && line.trim_start_matches('-').trim_start().starts_with("migrate:")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_top_of_a_file_ends_at_its_code() {
        use FileKind::{Rust, Sql};
        let cases = [
            (Rust, "// a\n\n/* b\n c */\n// d\nuse x;\n// e\n", 5),
            (Rust, "use x;", 0),
            (Rust, "/* a */ use x;", 0),
            (Rust, "# a", 0),
            (Sql, "-- a: b\n# c\n-- migrate:up\nSELECT 1;", 2),
            (Sql, "/* license\n*/\n-- origin: a/b\nSELECT 1;", 3),
            (Sql, "/*!40101 SET x */\n", 0),
            (Sql, "--migrate:up\n", 0),
        ];
        for (kind, text, length) in cases {
            assert_eq!(head_length(kind, text), length, "{text}");
        }
        let found: Vec<&str> = comments(Sql, "/* x\n*/\n--origin : a/b\n-- c\nSELECT 1;").collect();
        assert_eq!(found, ["origin : a/b", "c"]);
        assert_eq!((value(found[0], "origin"), value("originally: a", "origin")), (Some("a/b"), None));
    }
}
