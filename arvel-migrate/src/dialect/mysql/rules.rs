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
    begin_end_bodies: true,
    delimiter: true,
};
