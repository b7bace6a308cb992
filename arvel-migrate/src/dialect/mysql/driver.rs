//! Connections to MySQL and MariaDB through sqlx.

use std::{str::FromStr, sync::Arc};

use sqlx::{
    ConnectOptions, MySql as Database, MySqlConnection, Row as _, TypeInfo, ValueRef,
    mysql::{MySqlConnectOptions, MySqlDatabaseError, MySqlRow},
};

use super::facts::Own;
use crate::{
    dialect::{
        BoxFuture, Capability, Connection, Driver, DriverError, ErrorKind, SharedDialect,
        advice::Obstacle,
        live::{self, live_connection},
        quote,
    },
    url::DatabaseUrl,
};

live_connection!(Live, MySqlConnection, Database, cell, error);

pub(crate) struct MySqlDriver;

impl MySqlDriver {
    async fn open(&self, url: &DatabaseUrl) -> Result<MySqlConnection, DriverError> {
        let options = MySqlConnectOptions::from_str(&url.expose()).map_err(|e| live::bad_options(url, &e))?;
        let options = options.disable_statement_logging();
        live::open(url, self.connect_timeout(), options.connect(), error).await
    }
}

impl Driver for MySqlDriver {
    fn schemes(&self) -> &'static [&'static str] {
        &["mysql", "mariadb"]
    }

    fn offline_dialect(&self) -> SharedDialect {
        Arc::new(super::MySql::new(capability("")))
    }

    fn offline_dialect_at(&self, version: &str) -> Option<SharedDialect> {
        let major = version.split(['.', '-']).next()?.parse::<u32>().ok()?;
        // There is no MySQL 10.
        let mariadb = major >= 10 && !version.to_ascii_lowercase().contains("mariadb");
        let version = if mariadb { format!("{version}-MariaDB") } else { version.to_owned() };
        Some(Arc::new(super::MySql::new(capability(&version))))
    }

    fn connect<'a>(
        &'a self,
        url: &'a DatabaseUrl,
        _create: bool,
    ) -> BoxFuture<'a, Result<(Box<dyn Connection>, SharedDialect), DriverError>> {
        Box::pin(async move {
            let mut connection = Live(self.open(url).await?);
            let rows = connection.query(SESSION).await?;
            let told =
                |name: &str| rows.first().and_then(|row| row.text(name)).unwrap_or_default().to_owned();
            if let Some(mode) = session_mode(&told("m")) {
                connection.execute(&format!("SET SESSION sql_mode = {}", quote::text(&mode))).await?;
            }
            let own = Own { engine: told("e"), collation: told("c"), folds_table_names: told("l") != "0" };
            let dialect: SharedDialect =
                Arc::new(super::MySql::at(capability(&told("v")), own).in_mode(&told("m")));
            let connection: Box<dyn Connection> = Box::new(connection);
            Ok((connection, dialect))
        })
    }

    fn database_exists<'a>(&'a self, url: &'a DatabaseUrl) -> BoxFuture<'a, Result<bool, DriverError>> {
        Box::pin(async move {
            let mut connection = Live(self.open(&url.with_database("")).await?);
            let name = super::literal::text(url.database());
            let sql = format!("SELECT 1 FROM information_schema.schemata WHERE schema_name = {name}");
            let found = !connection.query(&sql).await?.is_empty();
            Box::new(connection).close().await?;
            Ok(found)
        })
    }

    fn create_database<'a>(&'a self, url: &'a DatabaseUrl) -> BoxFuture<'a, Result<(), DriverError>> {
        Box::pin(async move {
            let mut connection = Live(self.open(&url.with_database("")).await?);
            let name = quote::identifier(url.database(), super::QUOTE);
            connection.execute(&format!("CREATE DATABASE {name}")).await?;
            Box::new(connection).close().await
        })
    }

    fn drop_database<'a>(&'a self, url: &'a DatabaseUrl) -> BoxFuture<'a, Result<(), DriverError>> {
        Box::pin(async move {
            let mut connection = Live(self.open(&url.with_database("")).await?);
            let name = quote::identifier(url.database(), super::QUOTE);
            connection.execute(&format!("DROP DATABASE {name}")).await?;
            Box::new(connection).close().await
        })
    }
}

/// What a connection must know of its server.
const SESSION: &str = "SELECT version() AS v, @@sql_mode AS m, @@collation_database AS c, \
                       @@default_storage_engine AS e, @@lower_case_table_names AS l";

/// The mode in which migrations run, where it is not the session's already. Literals double backslashes, so they must
/// be read that way. What does not fit is an error and not another value in silence, and an engine that is not there
/// too, whatever the server's own mode: a migration is not the place to lose a value.
fn session_mode(mode: &str) -> Option<String> {
    let mut words: Vec<&str> = mode.split(',').filter(|word| !word.is_empty()).collect();
    let before = words.len();
    words.retain(|word| *word != "NO_BACKSLASH_ESCAPES");
    let mut changed = words.len() != before;
    if !words.iter().any(|word| word.starts_with("STRICT_")) {
        words.push("STRICT_ALL_TABLES");
        changed = true;
    }
    if !words.contains(&"NO_ENGINE_SUBSTITUTION") {
        words.push("NO_ENGINE_SUBSTITUTION");
        changed = true;
    }
    changed.then(|| words.join(","))
}

/// The facts, for a version as the server says it.
pub(super) fn capability(version: &str) -> Capability {
    let mysql = !version.is_empty() && !version.to_ascii_lowercase().contains("mariadb");
    Capability {
        family: "mysql",
        display_name: if mysql { "MySQL" } else { "MariaDB" },
        version: version.to_owned(),
        transactional_ddl: false,
        packet: false,
        journal_packet: true,
        longest_identifier: 64,
        file_database: false,
        parents_may_be_missing: false,
        begin: "START TRANSACTION",
        foreign_key_switch: None,
    }
}

fn cell(row: &MySqlRow, at: usize) -> Result<Option<String>, sqlx::Error> {
    let value = row.try_get_raw(at)?;
    if value.is_null() {
        return Ok(None);
    }
    let type_name = value.type_info().name().to_owned();
    if !is_number(&type_name) {
        let bytes = row.try_get_unchecked::<Vec<u8>, _>(at)?;
        let text = String::from_utf8(bytes)
            .map_err(|_| sqlx::Error::Decode(format!("the type {type_name} of column {at}").into()))?;
        return Ok(Some(text));
    }
    let text = match type_name.as_str() {
        "FLOAT" => row.try_get_unchecked::<f32, _>(at).map(|value| value.to_string()),
        "DOUBLE" => row.try_get_unchecked::<f64, _>(at).map(|value| value.to_string()),
        name if name.contains("UNSIGNED") => {
            row.try_get_unchecked::<u64, _>(at).map(|value| value.to_string())
        }
        _ => row.try_get_unchecked::<i64, _>(at).map(|value| value.to_string()),
    };
    text.map(Some)
}

fn is_number(type_name: &str) -> bool {
    type_name.contains("INT") || matches!(type_name, "FLOAT" | "DOUBLE" | "BOOLEAN")
}

fn error(error: &sqlx::Error, _sql: &str) -> DriverError {
    let Some(error) = error.as_database_error().and_then(|e| e.try_downcast_ref::<MySqlDatabaseError>())
    else {
        return live::common_error(error);
    };
    let kind = match error.number() {
        1045 | 1698 | 1044 => ErrorKind::Authentication,
        1049 => ErrorKind::NoDatabase,
        1146 => ErrorKind::MissingTable,
        1205 | 1213 => ErrorKind::Retryable,
        1040 | 1053 | 1927 => ErrorKind::Unreachable,
        1317 => ErrorKind::Cancelled,
        _ => ErrorKind::Statement,
    };
    DriverError {
        kind,
        code: Some(error.number().to_string()),
        message: error.message().to_owned(),
        detail: None,
        position: None,
    }
}

/// What stands in the way of a change, https://mariadb.com/kb/en/mariadb-error-code-reference/
pub(super) fn obstacle(error: &DriverError) -> Option<Obstacle> {
    Some(match error.code.as_deref()?.parse().ok()? {
        1138 => Obstacle::Null,
        1062 => Obstacle::Duplicate,
        1264 | 1265 | 1292 | 1366 | 1406 | 4025 | 3819 => Obstacle::Value,
        1050 | 1060 | 1061 | 1826 => Obstacle::Exists,
        1051 | 1054 | 1072 | 1091 | 1146 | 4091 | 4092 => Obstacle::Missing,
        1451 | 1553 | 1701 | 3730 | 1828 | 1829 => Obstacle::Needed,
        1845 | 1846 => Obstacle::Online,
        1005 | 1215 | 1824 | 3780 | 6125 => Obstacle::Parent,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::session_mode;

    #[test]
    fn the_session_is_strict_whatever_the_server_is() {
        for (mode, expected) in [
            ("STRICT_TRANS_TABLES,NO_ENGINE_SUBSTITUTION", None),
            ("", Some("STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION")),
            (
                "ANSI_QUOTES,NO_BACKSLASH_ESCAPES,STRICT_ALL_TABLES",
                Some("ANSI_QUOTES,STRICT_ALL_TABLES,NO_ENGINE_SUBSTITUTION"),
            ),
        ] {
            assert_eq!(session_mode(mode).as_deref(), expected);
        }
    }
}
