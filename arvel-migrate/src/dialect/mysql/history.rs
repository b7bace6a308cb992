//! The words of MySQL and MariaDB for the bookkeeping tables, the session lock and the fence.

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
        super::literal::text(value)
    }
    fn time_type(&self) -> &'static str {
        "datetime(6)"
    }
    fn long_text_type(&self) -> &'static str {
        "mediumtext"
    }
    fn now(&self) -> &'static str {
        "utc_timestamp(6)"
    }
    fn iso(&self, column: &str) -> String {
        format!("date_format({column}, '%Y-%m-%dT%H:%i:%s.%fZ')")
    }
    fn insert_or_ignore(&self, table: &str, columns: &str, values: &str) -> String {
        format!("INSERT IGNORE INTO {table} ({columns}) VALUES ({values})")
    }
    fn upsert_meta(&self, table: &str, key: &str, value: &str) -> String {
        format!(
            "INSERT INTO {table} (`key`, value) VALUES ({key}, {value}) ON DUPLICATE KEY UPDATE value = VALUES(value)"
        )
    }
    fn begin_timing(&self) -> Option<String> {
        Some("SET @arvel_started = utc_timestamp(6)".to_owned())
    }
    fn duration(&self, _client_start: i64) -> String {
        "coalesce(timestampdiff(MICROSECOND, @arvel_started, utc_timestamp(6)) DIV 1000, 0)".to_owned()
    }
    fn lock_timeout(&self, milliseconds: u128) -> Option<String> {
        let seconds = milliseconds.div_ceil(1000).max(1);
        Some(format!(
            "SET SESSION lock_wait_timeout = {seconds}, SESSION innodb_lock_wait_timeout = {seconds}"
        ))
    }
    fn try_lock(&self, name: &str) -> Option<String> {
        // At least one second and a checked answer: MariaDB answers NULL to a negative timeout, and locks nothing.
        Some(format!("SELECT get_lock({}, 1)", self.text(name)))
    }
    fn unlock(&self, name: &str) -> Option<String> {
        Some(format!("SELECT release_lock({})", self.text(name)))
    }
    fn session(&self) -> Option<&'static str> {
        Some("SELECT connection_id()")
    }
    fn session_alive(&self, session: &str) -> Option<String> {
        let id = session.parse::<u64>().ok()?;
        Some(format!("SELECT 1 FROM information_schema.processlist WHERE id = {id}"))
    }
    fn cancel(&self, session: &str) -> Option<String> {
        let id = session.parse::<u64>().ok()?;
        Some(format!("KILL QUERY {id}"))
    }
    fn fence(&self, names: &BookkeepingNames, epoch: i64) -> Option<String> {
        // A scalar subquery with two rows is an error in every sql_mode.
        Some(format!(
            "SELECT IF((SELECT epoch FROM {} WHERE id = 1) = {epoch}, 1, (SELECT 1 UNION ALL SELECT 2))",
            self.table(names, &names.lock())
        ))
    }
    fn assert_last_seq(&self, _names: &BookkeepingNames, _last_seq: i64) -> Option<String> {
        None
    }
}
