//! How SQLite's SQL is lexed.

use crate::dialect::{ClientForms, SqlRules};

pub(super) static RULES: SqlRules = SqlRules {
    identifier_quotes: &[('"', '"'), ('`', '`'), ('[', ']')],
    backslash_escapes: false,
    double_quoted_strings: false,
    backslash_null: false,
    dollar_quotes: false,
    escape_strings: false,
    at_variables: true,
    nested_comments: false,
    return_ends_comment: false,
    hash_comments: false,
    dash_needs_space: false,
    executable_comments: false,
    begin_end_bodies: true,
    compound_bodies: false,
    atomic_bodies: false,
    delimiter: false,
    lexing_setting: None,
    client: ClientForms {
        name: "the sqlite3 shell",
        mark: '.',
        mark_anywhere: false,
        words: &[],
        copies_rows: false,
    },
};
