//! Tables of files and what they say, then of files that are refused.

use super::*;
use crate::migration::TransactionMode::{None as Outside, PerMigration};

fn section(first_line: usize, text: &str) -> SqlSection {
    SqlSection { text: Arc::from(text), first_line }
}

/// A file that says nothing but its way forward.
fn file(up: SqlSection) -> SqlFile {
    SqlFile { up, ..SqlFile::of_header(Header::default()) }
}

#[track_caller]
fn reads(text: &str, expected: &SqlFile) {
    assert_eq!(SqlFile::parse(text).as_ref(), Ok(expected), "{text}");
}

#[test]
fn sections() {
    reads("-- migrate:up\nSELECT 1;\n", &file(section(2, "SELECT 1;\n")));
    reads(
        "\u{feff}-- migrate:up\r\nSELECT 1;\r\n\r\n--migrate:down\r\nSELECT 2;\r\n",
        &SqlFile { down: Some(section(5, "SELECT 2;\n")), ..file(section(2, "SELECT 1;\n\n")) },
    );
    reads(
        "-- a comment\n/* another:\n SQL; */\n# and one\n\n-- migrate:up transaction:false\nSELECT 1;\n -- migrate:down  transaction:true\n\n",
        &SqlFile { up_transaction: Outside, ..file(section(7, "SELECT 1;\n")) },
    );
    reads(
        "-- migrate:up\n-- nothing to do\n-- migrate:down transaction:false\nSELECT 2",
        &SqlFile {
            down: Some(section(4, "SELECT 2")),
            down_transaction: Outside,
            ..file(section(2, "-- nothing to do\n"))
        },
    );
}

#[test]
fn plain_scripts() {
    reads("SELECT 1;", &file(section(1, "SELECT 1;")));
    reads("-- a comment\nSELECT 1;", &file(section(1, "-- a comment\nSELECT 1;")));
    reads(
        "-- no-transaction\nSELECT 1;",
        &SqlFile { up_transaction: Outside, ..file(section(2, "SELECT 1;")) },
    );
    reads(
        "-- no-transaction\n-- labels: a\n\nSELECT 1;\n-- labels: b\n-- lables: c\n",
        &SqlFile {
            up_transaction: Outside,
            labels: vec!["a".into()],
            ..file(section(3, "\nSELECT 1;\n-- labels: b\n-- lables: c\n"))
        },
    );
    reads("/*! SET x */; SELECT 1", &file(section(1, "/*! SET x */; SELECT 1")));
}

#[test]
fn headers() {
    reads(
        "-- Note: nobody's header\n-- revision: r1\n-- parents: a, b\n-- depends_on: c, p/s\n--labels:l , m\n-- origin : p/s\n-- database: other\n-- description: one: two\n-- https://example.com\n-- migrate:up\nSELECT 1\n",
        &SqlFile {
            revision: Some("r1".into()),
            parents: Some(vec!["a".into(), "b".into()]),
            depends_on: vec!["c".into(), "p/s".into()],
            labels: vec!["l".into(), "m".into()],
            origin: Some("p/s".into()),
            database: Some("other".into()),
            description: Some("one: two".into()),
            ..file(section(11, "SELECT 1\n"))
        },
    );
    reads(
        "-- parents: none\n-- migrate:up\n-- revision: a comment\nx",
        &SqlFile { parents: Some(vec![]), ..file(section(3, "-- revision: a comment\nx")) },
    );
}

#[test]
fn pairs() {
    let pair = SqlFile::parse_pair("-- labels: l\nSELECT 1", "-- no-transaction\nSELECT 2");
    let expected = SqlFile {
        down: Some(section(2, "SELECT 2")),
        down_transaction: Outside,
        labels: vec!["l".into()],
        ..file(section(2, "SELECT 1"))
    };
    assert_eq!(pair, Ok(expected));
    assert_eq!(SqlFile::parse_pair("SELECT 1", " \n"), Ok(file(section(1, "SELECT 1"))));

    let in_down = |error| Err(SqlFileError::InDown(Box::new(error)));
    for (up, down, expected) in [
        ("\n", "SELECT 1", Err(SqlFileError::EmptyUp { line: 1 })),
        ("-- migrate:up\nx", "y", Err(SqlFileError::SectionInPair { side: "up", line: 1 })),
        ("x", "\n-- migrate:down\ny", in_down(SqlFileError::SectionInPair { side: "down", line: 2 })),
        ("x", "-- revision: r\ny", in_down(SqlFileError::HeaderInDown { key: "revision", line: 1 })),
        ("x", "\n-- no-transaction\ny", in_down(SqlFileError::MisplacedNoTransaction { line: 2 })),
    ] {
        assert_eq!(SqlFile::parse_pair(up, down), expected);
    }
}

#[test]
fn the_checksum_does_not_see_line_ends_headers_or_the_way_back() {
    let texts = [
        "-- migrate:up\nSELECT 1;\nSELECT 2;",
        "\u{feff}-- description: d\r\n-- migrate:up\r\nSELECT 1;\r\nSELECT 2;\r\n\r\n-- migrate:down\r\nx\r\n",
        "-- revision: r\n\nSELECT 1;\nSELECT 2;\n",
    ];
    for text in texts {
        assert_eq!(SqlFile::parse(text).unwrap().up.normalized(), "SELECT 1;\nSELECT 2;");
    }
}

#[test]
fn what_is_refused_and_what_to_do() {
    for (text, message, hint) in [
        (
            "",
            "line 1: the way forward is empty",
            "write the SQL of the way forward, or a comment that says why there is none",
        ),
        (
            "-- revision: r\n",
            "line 1: the way forward is empty",
            "write the SQL of the way forward, or a comment that says why there is none",
        ),
        (
            "\n-- migrate:up\n\n-- migrate:down\nx",
            "line 2: the way forward is empty",
            "write the SQL of the way forward, or a comment that says why there is none",
        ),
        ("SELECT 1;\n-- migrate:upp\n", "line 2: `-- migrate:upp` is not a section", "write `-- migrate:up`"),
        (
            "-- migrate:up\nx\n-- migrate:dwon\ny",
            "line 3: `-- migrate:dwon` is not a section",
            "write `-- migrate:down`",
        ),
        (
            "-- migrate:up\nx\n-- migrat:down\ny",
            "line 3: `-- migrat:down` is not a section",
            "write `-- migrate:down`",
        ),
        ("-- Migrate:Up\nx", "line 1: `-- Migrate:Up` is not a section", "write `-- migrate:up`"),
        ("-- migrate: up\nx", "line 1: `-- migrate: up` is not a section", "write `-- migrate:up`"),
        (
            "-- +goose Up\nx\n-- +goose Down\ny",
            "line 1: `-- +goose Up` is not a section",
            "write `-- migrate:up`",
        ),
        ("-- +migrate Down\nx", "line 1: `-- +migrate Down` is not a section", "write `-- migrate:down`"),
        (
            "-- migrate:sideways\nx",
            "line 1: `-- migrate:sideways` is not a section",
            "sections are `-- migrate:up` and `-- migrate:down`",
        ),
        (
            "-- migrate:up transaction:flase\nx",
            "line 1: unexpected `transaction:flase` after `-- migrate:up`",
            "only `transaction:false` or `transaction:true` can follow `-- migrate:up`",
        ),
        (
            "-- migrate:up\nx\n-- migrate:down transaction:true transaction:false\n",
            "line 3: unexpected `transaction:false` after `-- migrate:down`",
            "only `transaction:false` or `transaction:true` can follow `-- migrate:down`",
        ),
        (
            "-- migrate:up\nx\n-- migrate:up\ny",
            "line 3: a second `-- migrate:up`; the first is on line 1",
            "put both parts under one marker, or into two files",
        ),
        (
            "-- migrate:up\nx\n-- migrate:down\ny\n-- migrate:down\nz",
            "line 5: a second `-- migrate:down`; the first is on line 3",
            "put both parts under one marker, or into two files",
        ),
        (
            "-- migrate:down\nx\n-- migrate:up\ny",
            "line 1: `-- migrate:down` comes before `-- migrate:up`",
            "move the up section to the top",
        ),
        (
            "-- migrate:down\nx",
            "line 1: there is a `-- migrate:down` but no `-- migrate:up`",
            "add `-- migrate:up` above it, with the SQL of the way forward",
        ),
        (
            "-- a\nSELECT 1;\n-- migrate:up\nx",
            "line 2: SQL before the first section",
            "move it below `-- migrate:up`",
        ),
        (
            "/* a */ SELECT 1;\n-- migrate:up\nx",
            "line 1: SQL before the first section",
            "move it below `-- migrate:up`",
        ),
        (
            "-- Label: a\n-- migrate:up\nx",
            "line 1: unknown header `Label`; did you mean `labels`?",
            "write `-- labels: …`; headers are revision, parents, depends_on, labels, origin, database, description, reads",
        ),
        (
            "-- depends-on: a\nx",
            "line 1: unknown header `depends-on`; did you mean `depends_on`?",
            "write `-- depends_on: …`; headers are revision, parents, depends_on, labels, origin, database, description, reads",
        ),
        (
            "-- origin: a/b\n-- origin: a/c\nx",
            "line 2: a second `-- origin:`; the first is on line 1",
            "leave one of them out",
        ),
        (
            "-- parents: a\n-- parents: b\nx",
            "line 2: a second `-- parents:`; the first is on line 1",
            "write one `-- parents: A, B`",
        ),
        (
            "-- parents:\nx",
            "line 1: `-- parents:` has an empty value",
            "name the revisions, separated by commas, or write `-- parents: none`",
        ),
        (
            "-- labels: a,,b\nx",
            "line 1: `-- labels:` has an empty value",
            "give it a value, or leave the line out",
        ),
        (
            "-- parents: none, a\nx",
            "line 1: `none` beside other parents",
            "write `-- parents: none` for a base of its own, or only the revisions",
        ),
        (
            "-- no-transaction\n-- migrate:up\nx",
            "line 1: `-- no-transaction` counts only as the first line of a file without sections",
            "write `-- migrate:up transaction:false` above the SQL, or make it the first line",
        ),
        (
            "-- a\n-- no-transaction\nx",
            "line 2: `-- no-transaction` counts only as the first line of a file without sections",
            "write `-- migrate:up transaction:false` above the SQL, or make it the first line",
        ),
    ] {
        let error = SqlFile::parse(text).expect_err(text);
        assert_eq!((error.to_string().as_str(), error.hint().as_str()), (message, hint), "{text}");
        assert!(error.to_string().starts_with(&format!("line {}:", error.line())));
    }
}

#[test]
fn comments_that_only_sound_like_sections() {
    for comment in ["-- migrated by hand", "-- migrate", "-- migrate the users up", "-- up", "-- down: no"] {
        let text = format!("{comment}\nSELECT 1");
        reads(&text, &SqlFile { up_transaction: PerMigration, ..file(section(1, &text)) });
    }
}
