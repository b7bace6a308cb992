//! What differs between MariaDB and MySQL, and between their versions: facts of this dialect alone, read from the
//! version that the server says. The rest of the folder asks these, never for a name.

use crate::operation::ForeignKeyAction;

/// The facts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Facts {
    /// Whether there is a type `uuid` (MariaDB 10.7).
    pub uuid_type: bool,
    /// Whether TEXT, BLOB and JSON take a literal as default; else it must be an expression.
    pub text_literal_defaults: bool,
    /// Whether the catalog shows defaults as SQL (`'x'`, `current_timestamp()`), or as bare text.
    pub sql_defaults: bool,
    /// Whether the catalog shows widths of integers: `int(11)`.
    pub integer_widths: bool,
    /// Whether `json` is `longtext` with a check `json_valid(…)`.
    pub json_is_checked_text: bool,
    /// Whether the catalog's checks name their table and level; else they are joined.
    pub checks_name_their_table: bool,
    /// Whether the catalog shows expressions of indexes.
    pub index_expressions: bool,
    /// Whether a NOT NULL timestamp without a default stays without one (`explicit_defaults_for_timestamp` is on by
    /// itself: MariaDB 10.10, MySQL 8.0.2). Before, the server adds `ON UPDATE CURRENT_TIMESTAMP` in silence.
    pub explicit_timestamps: bool,
    /// What the catalog shows for a foreign key without an action.
    pub no_action: ForeignKeyAction,
}

impl Facts {
    /// The facts of a version as the server says it; an empty one is a present MariaDB.
    pub fn of(version: &str) -> Self {
        let mariadb = version.is_empty() || version.to_ascii_lowercase().contains("mariadb");
        // `5.5.5-10.11.19-MariaDB` is what old clients are told.
        let version = version.strip_prefix("5.5.5-").unwrap_or(version);
        let mut numbers = version.split(['.', '-']).map(|part| part.parse::<u32>().unwrap_or(0));
        let number = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
        let from = |least: (u32, u32, u32)| version.is_empty() || number >= least;
        Self {
            uuid_type: mariadb && from((10, 7, 0)),
            text_literal_defaults: mariadb,
            sql_defaults: mariadb,
            integer_widths: mariadb || !from((8, 0, 19)),
            json_is_checked_text: mariadb,
            checks_name_their_table: mariadb,
            index_expressions: !mariadb,
            explicit_timestamps: if mariadb { from((10, 10, 0)) } else { from((8, 0, 2)) },
            no_action: if mariadb { ForeignKeyAction::Restrict } else { ForeignKeyAction::NoAction },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn versions_decide() {
        for (version, uuid, widths, explicit) in [
            ("", true, true, true),
            ("10.11.19-MariaDB-0+deb12u1", true, true, true),
            ("5.5.5-10.6.1-MariaDB", false, true, false),
            ("8.0.36", false, false, true),
            ("8.4.0", false, false, true),
            ("5.7.44-log", false, true, false),
        ] {
            let facts = Facts::of(version);
            let found = (facts.uuid_type, facts.integer_widths, facts.explicit_timestamps);
            assert_eq!(found, (uuid, widths, explicit), "{version}");
        }
    }
}
