//! What differs between MariaDB and MySQL, between their versions, and between the databases that a connection is to:
//! facts of this dialect alone, read from what the server says. The rest of the folder asks these, never for a name.
//!
//! Versions are from the manuals: the pages are named where a fact is not of the "added in" kind.

use crate::operation::ForeignKeyAction;

use super::charset;

/// The facts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Facts {
    /// Whether there is a type `uuid` (MariaDB 10.7).
    pub uuid_type: bool,
    /// Whether there is a type `vector` (MariaDB 11.7, MySQL 9.0).
    pub vector_type: bool,
    /// Whether vectors can be indexed (MariaDB 11.7; of MySQL only HeatWave: "VECTOR INDEX" is not in its manual).
    pub vector_index: bool,
    /// The word in front of the reference system of a geometry: MariaDB `REF_SYSTEM_ID = n`, MySQL 8.0.3 `SRID n`.
    pub srid: Option<Srid>,
    /// Whether the catalog's columns tell it; else a view of its own does.
    pub srid_in_columns: bool,
    /// Whether TEXT, BLOB and JSON take a literal as default; else it must be an expression.
    pub text_literal_defaults: bool,
    /// Whether a default can be an expression (MariaDB 10.2.1, MySQL 8.0.13).
    pub expression_defaults: bool,
    /// Whether the catalog shows defaults as SQL (`'x'`, `current_timestamp()`), or as bare text.
    pub sql_defaults: bool,
    /// Whether the catalog shows widths of integers and years: `int(11)`, `year(4)` (MariaDB, MySQL before 8.0.19).
    pub integer_widths: bool,
    /// Whether `json` is `longtext` with a check `json_valid(…)`.
    pub json_is_checked_text: bool,
    /// Whether checks are kept (MariaDB 10.2.1, MySQL 8.0.16); before, they were read and forgotten.
    pub checks: bool,
    /// Whether the catalog's checks name their table and level; else they are joined.
    pub checks_name_their_table: bool,
    /// Whether the catalog shows expressions with their quotes escaped: `_utf8mb4\'x\'` (MySQL 8).
    pub escaped_expressions: bool,
    /// Whether an index can be over an expression, and the catalog shows it (MySQL 8.0.13).
    pub index_expressions: bool,
    /// Whether an index can be from the largest to the smallest (MariaDB 10.8, MySQL 8.0.1); before, DESC was read and
    /// forgotten.
    pub index_directions: bool,
    /// How an index is hidden from the optimizer: MariaDB 10.6 `IGNORED`, MySQL 8.0 `INVISIBLE`.
    pub index_hidden: Option<&'static str>,
    /// Whether a unique key over a whole text is kept by a hash (MariaDB 10.4).
    pub unique_by_hash: bool,
    /// Whether a column can be hidden from `SELECT *` (MariaDB 10.3.3, MySQL 8.0.23).
    pub invisible_columns: bool,
    /// Whether a hidden column that is NOT NULL needs a default.
    pub invisible_needs_default: bool,
    /// Whether a generated column can be NOT NULL.
    pub generated_not_null: bool,
    /// Whether a column can be dropped that a key of several columns holds.
    pub drops_columns_of_keys: bool,
    /// Whether a table takes attributes of its engine: `page_compressed`, `encrypted` (MariaDB).
    pub has_engine_attributes: bool,
    /// Whether `RENAME COLUMN` and `RENAME INDEX` are there (MariaDB 10.5.2, MySQL 8.0.3).
    pub renames: bool,
    /// What `online()` says, and which algorithms there are.
    pub algorithms: Algorithms,
    /// Whether a NOT NULL timestamp without a default stays without one (`explicit_defaults_for_timestamp` is on by
    /// itself: MariaDB 10.10, MySQL 8.0.2). Before, the server adds `ON UPDATE CURRENT_TIMESTAMP` in silence.
    pub explicit_timestamps: bool,
    /// Whether a NOT NULL column with `ON UPDATE` and without a default gets the default 0 all the same (MariaDB).
    pub on_update_makes_default: bool,
    /// Whether `"…"` quotes names: the session's `sql_mode` says ANSI_QUOTES.
    pub ansi_quotes: bool,
    /// Whether the catalog shows the algorithm of a view.
    pub shows_view_algorithm: bool,
    /// Whether there are sequences (MariaDB 10.3).
    pub sequences: bool,
    /// Whether a sequence can be of another type than `bigint` (MariaDB 11.5).
    pub sequence_types: bool,
    /// Whether a routine or trigger can take the place of another: `CREATE OR REPLACE` (MariaDB).
    pub replaces_routines: bool,
    /// Whether a list can have a partition for all other values: `DEFAULT` (MariaDB 10.2).
    pub default_partitions: bool,
    /// Whether a partition becomes a table and a table a partition: `CONVERT` (MariaDB 10.7).
    pub converts_partitions: bool,
    /// What the catalog shows for a foreign key without an action.
    pub no_action: ForeignKeyAction,
    /// The collation to which a character set belongs, where it is not the compiled one.
    pub default_collations: charset::Family,
    /// What a table is that says nothing.
    pub own: Own,
}

/// The word in front of a reference system.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Srid {
    /// `point REF_SYSTEM_ID = 4326`, behind the type.
    RefSystemId,
    /// `point SRID 4326`.
    Srid,
}

/// Which algorithms a server has for ALTER.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Algorithms {
    /// `INSTANT` (MariaDB 10.3.2, MySQL 8.0.12).
    pub instant: bool,
    /// `NOCOPY` (MariaDB 10.3.2).
    pub no_copy: bool,
    /// Whether a lock may be said beside `INSTANT`; MySQL: "only LOCK = DEFAULT is permitted" (InnoDB and Online DDL).
    pub instant_takes_lock: bool,
    /// Whether `INPLACE` takes a cheaper way by itself where there is one (MariaDB: InnoDB Online DDL Overview).
    pub in_place_is_the_least: bool,
    /// Whether a column can be added anywhere, and dropped, by `INSTANT` (MariaDB 10.4, MySQL 8.0.29).
    pub instant_anywhere: bool,
}

/// What a table of the connection's database is when it says nothing of its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Own {
    /// The storage engine.
    pub engine: String,
    /// The collation; the character set is its first word.
    pub collation: String,
    /// Whether names of tables are compared without regard to case (`lower_case_table_names` is not 0).
    pub folds_table_names: bool,
}

impl Facts {
    /// The facts of a version as the server says it; an empty one is a present MariaDB.
    pub fn of(version: &str) -> Self {
        let mariadb = version.is_empty() || version.to_ascii_lowercase().contains("mariadb");
        // `5.5.5-10.11.19-MariaDB` is what old clients are told.
        let version = version.strip_prefix("5.5.5-").unwrap_or(version);
        let mut numbers = version.split(['.', '-']).map(|part| part.parse::<u32>().unwrap_or(0));
        let number = (numbers.next().unwrap_or(0), numbers.next().unwrap_or(0), numbers.next().unwrap_or(0));
        // Without a version: the MariaDB that is tested here, so that nothing newer is promised.
        let number = if version.is_empty() { (10, 11, 0) } else { number };
        let from = |maria: (u32, u32, u32), mysql: (u32, u32, u32)| {
            let least = if mariadb { maria } else { mysql };
            least != NEVER && number >= least
        };
        let mysql8 = !mariadb && number >= (8, 0, 0);
        let default_collations = charset::Family::of(mariadb, number);
        Self {
            uuid_type: from((10, 7, 0), NEVER),
            vector_type: from((11, 7, 0), (9, 0, 0)),
            vector_index: from((11, 7, 0), NEVER),
            srid: match mariadb {
                true => from((10, 1, 2), NEVER).then_some(Srid::RefSystemId),
                false => from(NEVER, (8, 0, 3)).then_some(Srid::Srid),
            },
            srid_in_columns: from(NEVER, (8, 0, 3)),
            text_literal_defaults: mariadb,
            expression_defaults: from((10, 2, 1), (8, 0, 13)),
            sql_defaults: mariadb,
            integer_widths: mariadb || number < (8, 0, 19),
            json_is_checked_text: mariadb,
            checks: from((10, 2, 1), (8, 0, 16)),
            checks_name_their_table: mariadb,
            escaped_expressions: mysql8,
            index_expressions: from(NEVER, (8, 0, 13)),
            index_directions: from((10, 8, 0), (8, 0, 1)),
            index_hidden: match mariadb {
                true => from((10, 6, 0), NEVER).then_some("IGNORED"),
                false => mysql8.then_some("INVISIBLE"),
            },
            unique_by_hash: from((10, 4, 0), NEVER),
            invisible_columns: from((10, 3, 3), (8, 0, 23)),
            invisible_needs_default: mariadb,
            generated_not_null: !mariadb,
            drops_columns_of_keys: !mariadb,
            has_engine_attributes: mariadb,
            renames: from((10, 5, 2), (8, 0, 3)),
            algorithms: Algorithms {
                instant: from((10, 3, 2), (8, 0, 12)),
                no_copy: from((10, 3, 2), NEVER),
                instant_takes_lock: mariadb,
                in_place_is_the_least: mariadb,
                instant_anywhere: from((10, 4, 0), (8, 0, 29)),
            },
            explicit_timestamps: from((10, 10, 0), (8, 0, 2)),
            on_update_makes_default: mariadb,
            ansi_quotes: false,
            shows_view_algorithm: mariadb,
            sequences: from((10, 3, 0), NEVER),
            sequence_types: from((11, 5, 0), NEVER),
            replaces_routines: mariadb,
            default_partitions: from((10, 2, 0), NEVER),
            converts_partitions: from((10, 7, 0), NEVER),
            no_action: if mariadb { ForeignKeyAction::Restrict } else { ForeignKeyAction::NoAction },
            default_collations,
            own: Own {
                engine: "InnoDB".to_owned(),
                collation: default_collations.of_charset("utf8mb4"),
                folds_table_names: false,
            },
        }
    }
}

/// A version that does not come.
const NEVER: (u32, u32, u32) = (u32::MAX, 0, 0);

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

    #[test]
    fn what_came_later_is_not_promised_earlier() {
        let shown = |version: &str| {
            let facts = Facts::of(version);
            [facts.vector_type, facts.index_expressions, facts.index_directions, facts.renames]
        };
        for (version, expected) in [
            ("", [false, false, true, true]),
            ("11.8.2-MariaDB", [true, false, true, true]),
            ("10.5.1-MariaDB", [false, false, false, false]),
            ("8.0.12", [false, false, true, true]),
            ("9.1.0", [true, true, true, true]),
            ("5.7.44", [false, false, false, false]),
        ] {
            assert_eq!(shown(version), expected, "{version}");
        }
    }
}
