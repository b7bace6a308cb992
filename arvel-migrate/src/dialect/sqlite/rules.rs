//! How SQLite's SQL is lexed.

use crate::dialect::SqlRules;

pub(super) static RULES: SqlRules = SqlRules {
    identifier_quotes: &[('"', '"'), ('`', '`'), ('[', ']')],
    backslash_escapes: false,
    double_quoted_strings: false,
    dollar_quotes: false,
    escape_strings: false,
    nested_comments: false,
    hash_comments: false,
    dash_needs_space: false,
    executable_comments: false,
    begin_end_bodies: true,
    compound_bodies: false,
    atomic_bodies: false,
    delimiter: false,
    psql_forms: false,
};
