//! How PostgreSQL's SQL is lexed.

use crate::dialect::SqlRules;

pub(super) static RULES: SqlRules = SqlRules {
    identifier_quotes: &[('"', '"')],
    backslash_escapes: false,
    double_quoted_strings: false,
    dollar_quotes: true,
    escape_strings: true,
    nested_comments: true,
    hash_comments: false,
    dash_needs_space: false,
    executable_comments: false,
    begin_end_bodies: false,
    compound_bodies: false,
    atomic_bodies: true,
    delimiter: false,
    psql_forms: true,
};
