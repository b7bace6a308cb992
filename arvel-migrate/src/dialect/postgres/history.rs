//! The words of PostgreSQL for the bookkeeping tables, its session lock and its fence.

use sha2::{Digest, Sha256};

use crate::{
    dialect::quote,
    history::{BookkeepingNames, BookkeepingSql},
};

pub(super) struct Sql;

/// Advisory locks are named by a number: 63 bits of the name's hash.
fn key(name: &str) -> i64 {
    let hash = Sha256::digest(name.as_bytes());
    hash.iter().take(8).fold(0i64, |key, byte| (key << 8) | i64::from(*byte)) & i64::MAX
}

impl BookkeepingSql for Sql {
    fn placeholder(&self, n: usize) -> String {
        format!("${n}")
    }
    fn quote(&self, identifier: &str) -> String {
        quote::identifier(identifier, super::QUOTE)
    }
    fn text(&self, value: &str) -> String {
        quote::text(value)
    }
    fn time_type(&self) -> &'static str {
        "timestamptz"
    }
    fn now(&self) -> &'static str {
        "clock_timestamp()"
    }
    fn iso(&self, column: &str) -> String {
        format!("to_char({column} AT TIME ZONE 'UTC', 'YYYY-MM-DD\"T\"HH24:MI:SS.US\"Z\"')")
    }
    fn insert_or_ignore(&self, table: &str, columns: &str, values: &str) -> String {
        format!("INSERT INTO {table} ({columns}) VALUES ({values}) ON CONFLICT DO NOTHING")
    }
    fn upsert_meta(&self, table: &str, key: &str, value: &str) -> String {
        format!(
            "INSERT INTO {table} (\"key\", value) VALUES ({key}, {value}) \
             ON CONFLICT (\"key\") DO UPDATE SET value = excluded.value"
        )
    }
    fn why_hidden(&self) -> Option<&'static str> {
        Some(
            "SELECT format('role `%s` may use no schema of its search_path, so it sees no table; grant it USAGE', \
             current_user) WHERE current_schema() IS NULL",
        )
    }
    fn begin_timing(&self) -> Option<String> {
        None
    }
    fn duration(&self, _client_start: i64) -> String {
        // `now()` is when the transaction began.
        "(extract(epoch FROM clock_timestamp() - now()) * 1000)::bigint".to_owned()
    }
    fn lock_timeout(&self, milliseconds: u128) -> Option<String> {
        Some(format!("SET lock_timeout = {milliseconds}"))
    }
    fn bounds(&self) -> Option<&'static str> {
        Some(
            "SELECT format('SET %I = 0', name), format('SET %I = %L', name, setting) FROM pg_settings WHERE name IN \
             ('lock_timeout', 'statement_timeout', 'transaction_timeout') AND setting <> '0'",
        )
    }
    fn try_lock(&self, name: &str) -> Option<String> {
        // Never the blocking form: a waiter in `pg_advisory_lock` deadlocks with a CREATE INDEX CONCURRENTLY of the
        // holder, which then leaves an INVALID index.
        Some(format!("SELECT pg_try_advisory_lock({})", key(name)))
    }
    fn unlock(&self, name: &str) -> Option<String> {
        Some(format!("SELECT pg_advisory_unlock({})", key(name)))
    }
    fn session(&self) -> Option<&'static str> {
        Some(
            "SELECT pid || '@' || extract(epoch FROM backend_start) FROM pg_stat_activity WHERE pid = pg_backend_pid()",
        )
    }
    fn session_alive(&self, session: &str) -> Option<String> {
        let session = quote::text(session);
        Some(format!(
            "SELECT 1 FROM pg_stat_activity WHERE pid || '@' || extract(epoch FROM backend_start) = {session}"
        ))
    }
    fn cancel(&self, session: &str) -> Option<String> {
        let session = quote::text(session);
        Some(format!(
            "SELECT pg_cancel_backend(pid) FROM pg_stat_activity \
             WHERE pid || '@' || extract(epoch FROM backend_start) = {session}"
        ))
    }
    fn fence(&self, names: &BookkeepingNames, epoch: i64) -> Option<String> {
        Some(format!(
            "WITH f AS (UPDATE {} SET beat = beat + 1 WHERE id = 1 AND epoch = {epoch} RETURNING 1) \
             SELECT 1 / count(*) FROM f",
            self.table(names, &names.lock())
        ))
    }
    fn assert_last_seq(&self, _names: &BookkeepingNames, _last_seq: i64) -> Option<String> {
        None
    }
}
