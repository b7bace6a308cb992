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
    begin_end_bodies: true,
    delimiter: false,
};
