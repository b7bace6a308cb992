//! The numbers of keys that count up: the row of a table in `sqlite_sequence`, which holds the last number given.
//!
//! The name is always qualified: a temporary table that counts brings another `sqlite_sequence`.

use crate::dialect::quote;

fn of(temporary: bool) -> &'static str {
    if temporary { "temp.sqlite_sequence" } else { "main.sqlite_sequence" }
}

/// The first number of a new table; one that was there keeps its own.
pub(super) fn begin(temporary: bool, table: &str, first: i64) -> String {
    let (sequence, table) = (of(temporary), quote::text(table));
    let last = i128::from(first) - 1;
    format!(
        "INSERT INTO {sequence} (name, seq) SELECT {table}, {last} \
         WHERE NOT EXISTS (SELECT 1 FROM {sequence} WHERE name = {table})"
    )
}

/// The next number of a table, unless its rows have a larger one.
pub(super) fn set(temporary: bool, table: &str, next: i64) -> [String; 2] {
    [forget(temporary, table), begin(temporary, table, next)]
}

/// The last number of a table, for another one that is about to take its place.
pub(super) fn carry(temporary: bool, from: &str, to: &str) -> [String; 2] {
    let (sequence, source, target) = (of(temporary), quote::text(from), quote::text(to));
    [
        forget(temporary, to),
        format!(
            "INSERT INTO {sequence} (name, seq) SELECT {target}, seq FROM {sequence} WHERE name = {source}"
        ),
    ]
}

fn forget(temporary: bool, table: &str) -> String {
    format!("DELETE FROM {} WHERE name = {}", of(temporary), quote::text(table))
}
