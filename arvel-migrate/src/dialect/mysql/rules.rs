//! How MySQL's and MariaDB's SQL is lexed.

use super::facts::Facts;
use crate::dialect::{ClientForms, SqlRules};

/// The rules of a session.
pub(super) fn of(facts: &Facts) -> &'static SqlRules {
    if facts.ansi_quotes { &ANSI } else { &USUAL }
}

static USUAL: SqlRules = SqlRules {
    identifier_quotes: &[('`', '`')],
    backslash_escapes: true,
    double_quoted_strings: true,
    backslash_null: true,
    dollar_quotes: false,
    escape_strings: false,
    at_variables: true,
    nested_comments: false,
    return_ends_comment: false,
    hash_comments: true,
    dash_needs_space: true,
    executable_comments: true,
    begin_end_bodies: true,
    compound_bodies: true,
    atomic_bodies: false,
    delimiter: true,
    lexing_setting: Some((
        "sql_mode",
        &["ANSI_QUOTES", "NO_BACKSLASH_ESCAPES", "ANSI", "ORACLE", "DB2", "MAXDB", "MSSQL", "POSTGRESQL"],
    )),
    client: ClientForms {
        name: "the command line client",
        mark: '\\',
        mark_anywhere: true,
        words: &["source"],
        copies_rows: false,
    },
};

/// `"…"` is a name, and a backslash in it is a backslash.
static ANSI: SqlRules =
    SqlRules { identifier_quotes: &[('`', '`'), ('"', '"')], double_quoted_strings: false, ..USUAL };
