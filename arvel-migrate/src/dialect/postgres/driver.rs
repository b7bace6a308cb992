//! Connections to PostgreSQL through sqlx.

use std::{str::FromStr, sync::Arc, time::Duration};

use sqlx::{
    ConnectOptions, PgConnection, Postgres as Database, Row as _, TypeInfo, ValueRef,
    postgres::{PgConnectOptions, PgDatabaseError, PgErrorPosition, PgRow, PgValueFormat},
};

use crate::{
    dialect::{
        BoxFuture, Capability, Connection, Driver, DriverError, ErrorKind, SharedDialect,
        live::{self, live_connection},
        quote,
    },
    url::DatabaseUrl,
};

use super::hint;

live_connection!(Live, PgConnection, Database, cell, error);

pub(crate) struct PostgresDriver;

impl PostgresDriver {
    async fn open(&self, url: &DatabaseUrl) -> Result<PgConnection, DriverError> {
        if let Some(key) = url.unknown_secret(&["password"]) {
            // sqlx would ignore it, and write its value to the log.
            let text = format!("the driver knows no parameter `{key}`; take it out of the URL");
            return Err(DriverError::new(ErrorKind::Configuration, text));
        }
        let options = PgConnectOptions::from_str(&url.expose()).map_err(|e| live::bad_options(url, &e))?;
        let options = match options.get_application_name() {
            Some(_) => options,
            None => options.application_name("arvel"),
        };
        let options = options.disable_statement_logging();
        live::open(url, self.connect_timeout(), options.connect(), error).await
    }

    /// A connection to the maintenance database, for statements about databases.
    async fn open_maintenance(&self, url: &DatabaseUrl) -> Result<Live, DriverError> {
        self.open(&url.with_database("postgres")).await.map(Live)
    }
}

impl Driver for PostgresDriver {
    fn schemes(&self) -> &'static [&'static str] {
        &["postgres", "postgresql"]
    }

    fn offline_dialect(&self) -> SharedDialect {
        Arc::new(super::Postgres::new(capability("")))
    }

    fn offline_dialect_at(&self, version: &str) -> Option<SharedDialect> {
        let (major, minor) = version.split_once('.').unwrap_or((version, "0"));
        let number = major.parse::<u32>().ok()? * 10_000 + minor.parse::<u32>().ok()?;
        Some(Arc::new(super::Postgres::new(capability(&number.to_string()))))
    }

    fn connect<'a>(
        &'a self,
        url: &'a DatabaseUrl,
        _create: bool,
    ) -> BoxFuture<'a, Result<(Box<dyn Connection>, SharedDialect), DriverError>> {
        Box::pin(async move {
            let connection = self.open(url).await?;
            // `server_version` came with the start-up packet: no round trip is spent on asking.
            let version =
                connection.server_version_num().map(|number| number.to_string()).unwrap_or_default();
            let dialect: SharedDialect = Arc::new(super::Postgres::new(capability(&version)));
            let connection: Box<dyn Connection> = Box::new(Live(connection));
            Ok((connection, dialect))
        })
    }

    fn database_exists<'a>(&'a self, url: &'a DatabaseUrl) -> BoxFuture<'a, Result<bool, DriverError>> {
        Box::pin(async move {
            let mut connection = self.open_maintenance(url).await?;
            let name = quote::text(url.database());
            let sql = format!("SELECT 1 FROM pg_catalog.pg_database WHERE datname = {name}");
            let found = !connection.query(&sql).await?.is_empty();
            Box::new(connection).close().await?;
            Ok(found)
        })
    }

    fn create_database<'a>(&'a self, url: &'a DatabaseUrl) -> BoxFuture<'a, Result<(), DriverError>> {
        Box::pin(async move {
            let mut connection = self.open_maintenance(url).await?;
            let name = quote::identifier(url.database(), super::QUOTE);
            connection.execute(&format!("CREATE DATABASE {name}")).await?;
            Box::new(connection).close().await
        })
    }

    fn drop_database<'a>(&'a self, url: &'a DatabaseUrl) -> BoxFuture<'a, Result<(), DriverError>> {
        Box::pin(async move {
            let mut connection = self.open_maintenance(url).await?;
            let name = quote::identifier(url.database(), super::QUOTE);
            connection.execute(&format!("DROP DATABASE {name}")).await?;
            Box::new(connection).close().await
        })
    }

    fn connect_timeout(&self) -> Duration {
        Duration::from_secs(10)
    }
}

/// The facts, for a version as the server says it.
pub(super) fn capability(version: &str) -> Capability {
    Capability {
        family: "postgres",
        display_name: "PostgreSQL",
        version: version.to_owned(),
        transactional_ddl: true,
        packet: true,
        journal_packet: false,
        longest_identifier: 63,
        file_database: false,
        parents_may_be_missing: false,
        begin: "BEGIN",
        foreign_key_switch: None,
    }
}

fn cell(row: &PgRow, at: usize) -> Result<Option<String>, sqlx::Error> {
    let value = row.try_get_raw(at)?;
    if value.is_null() {
        return Ok(None);
    }
    if value.format() == PgValueFormat::Text {
        return value.as_str().map(|text| Some(text.to_owned())).map_err(sqlx::Error::Decode);
    }
    let type_name = value.type_info().name().to_owned();
    let text = match type_name.as_str() {
        "BOOL" => row.try_get_unchecked::<bool, _>(at).map(|value| if value { "t" } else { "f" }.to_owned()),
        "INT2" => row.try_get_unchecked::<i16, _>(at).map(|value| value.to_string()),
        "INT4" => row.try_get_unchecked::<i32, _>(at).map(|value| value.to_string()),
        "INT8" => row.try_get_unchecked::<i64, _>(at).map(|value| value.to_string()),
        "FLOAT4" => row.try_get_unchecked::<f32, _>(at).map(|value| value.to_string()),
        "FLOAT8" => row.try_get_unchecked::<f64, _>(at).map(|value| value.to_string()),
        "TEXT" | "VARCHAR" | "BPCHAR" | "NAME" | "JSON" | "UNKNOWN" | "CITEXT" => {
            row.try_get_unchecked::<String, _>(at)
        }
        other => Err(sqlx::Error::Decode(format!("the type {other} of column {at}").into())),
    };
    text.map(Some)
}

fn error(error: &sqlx::Error, sql: &str) -> DriverError {
    let Some(error) = error.as_database_error().and_then(|e| e.try_downcast_ref::<PgDatabaseError>()) else {
        return live::common_error(error);
    };
    let code = error.code();
    let kind = match code {
        "28P01" | "28000" => ErrorKind::Authentication,
        "3D000" => ErrorKind::NoDatabase,
        "42P01" => ErrorKind::MissingTable,
        "55P03" | "40P01" | "40001" => ErrorKind::Retryable,
        "57P01" | "57P02" | "57P03" | "53300" => ErrorKind::Unreachable,
        "57014" => ErrorKind::Cancelled,
        _ if code.starts_with("08") => ErrorKind::Unreachable,
        _ => ErrorKind::Statement,
    };
    let position = match error.position() {
        Some(PgErrorPosition::Original(position)) => {
            sql.char_indices().nth(position.saturating_sub(1)).map(|(at, _)| at)
        }
        _ => None,
    };
    let ours = hint::hint(code, error.message());
    let detail: Vec<&str> = [error.detail(), error.hint(), ours.as_deref()].into_iter().flatten().collect();
    DriverError {
        kind,
        code: Some(code.to_owned()),
        message: error.message().to_owned(),
        detail: (!detail.is_empty()).then(|| detail.join("; ")),
        position,
    }
}
