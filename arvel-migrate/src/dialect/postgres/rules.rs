//! How PostgreSQL's SQL is lexed.

use crate::dialect::{ClientForms, SqlRules};

pub(super) static RULES: SqlRules = SqlRules {
    identifier_quotes: &[('"', '"')],
    backslash_escapes: false,
    double_quoted_strings: false,
    backslash_null: false,
    dollar_quotes: true,
    escape_strings: true,
    at_variables: false,
    nested_comments: true,
    return_ends_comment: true,
    hash_comments: false,
    dash_needs_space: false,
    executable_comments: false,
    begin_end_bodies: false,
    compound_bodies: false,
    atomic_bodies: true,
    delimiter: false,
    lexing_setting: Some(("standard_conforming_strings", &["off", "false", "no", "0"])),
    client: ClientForms { name: "psql", mark: '\\', mark_anywhere: true, words: &[], copies_rows: true },
};
