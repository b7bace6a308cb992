//! How MySQL's and MariaDB's SQL is lexed.

use crate::dialect::SqlRules;

pub(super) static RULES: SqlRules = SqlRules {
    identifier_quotes: &[('`', '`')],
    backslash_escapes: true,
    double_quoted_strings: true,
    dollar_quotes: false,
    escape_strings: false,
    nested_comments: false,
    hash_comments: true,
    dash_needs_space: true,
    executable_comments: true,
    begin_end_bodies: true,
    compound_bodies: true,
    atomic_bodies: false,
    delimiter: true,
    psql_forms: false,
};
