//! The words of SQLite for the bookkeeping tables. The lock is a file; the guard of a step is the history itself.

use crate::{
    dialect::quote,
    history::{BookkeepingNames, BookkeepingSql},
};

pub(super) struct Sql;

impl BookkeepingSql for Sql {
    fn placeholder(&self, _n: usize) -> String {
        "?".to_owned()
    }
    fn quote(&self, identifier: &str) -> String {
        quote::identifier(identifier, super::QUOTE)
    }
    fn text(&self, value: &str) -> String {
        quote::text(value)
    }
    fn time_type(&self) -> &'static str {
        "text"
    }
    fn text_key_table(&self) -> &'static str {
        // One tree instead of two: a row and its key are written to one page.
        " WITHOUT ROWID"
    }
    fn now(&self) -> &'static str {
        // SQLite counts milliseconds; the zeros make all databases answer alike.
        "strftime('%Y-%m-%dT%H:%M:%f000Z', 'now')"
    }
    fn iso(&self, column: &str) -> String {
        column.to_owned()
    }
    fn insert_or_ignore(&self, table: &str, columns: &str, values: &str) -> String {
        format!("INSERT OR IGNORE INTO {table} ({columns}) VALUES ({values})")
    }
    fn upsert_meta(&self, table: &str, key: &str, value: &str) -> String {
        // Not `OR REPLACE`, which deletes and inserts: the index of the key would be written too.
        format!(
            "INSERT INTO {table} (\"key\", value) VALUES ({key}, {value}) \
             ON CONFLICT (\"key\") DO UPDATE SET value = excluded.value"
        )
    }
    fn begin_timing(&self) -> Option<String> {
        None
    }
    fn duration(&self, client_start: i64) -> String {
        // The library runs in the client's process: both read one clock.
        format!("max(0, CAST((julianday('now') - 2440587.5) * 86400000 AS INTEGER) - {client_start})")
    }
    fn lock_timeout(&self, milliseconds: u128) -> Option<String> {
        Some(format!("PRAGMA busy_timeout = {milliseconds}"))
    }
    fn try_lock(&self, _name: &str) -> Option<String> {
        None
    }
    fn unlock(&self, _name: &str) -> Option<String> {
        None
    }
    fn session(&self) -> Option<&'static str> {
        None
    }
    fn session_alive(&self, _session: &str) -> Option<String> {
        None
    }
    fn cancel(&self, _session: &str) -> Option<String> {
        None
    }
    fn fence(&self, _names: &BookkeepingNames, _epoch: i64) -> Option<String> {
        None
    }
    fn assert_last_seq(&self, names: &BookkeepingNames, last_seq: i64) -> Option<String> {
        // `abs` of the smallest integer is an error in SQLite: the cheapest assertion that it has.
        Some(format!(
            "SELECT CASE WHEN (SELECT coalesce(max(seq), 0) FROM {}) = {last_seq} THEN 1 \
             ELSE abs(-9223372036854775807 - 1) END",
            self.table(names, &names.history())
        ))
    }
}
