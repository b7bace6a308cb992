//! [`Connection`](super::Connection) over sqlx, once for all drivers: a driver says how it binds, reads a cell and
//! reads an error, and this macro does the rest.
//!
//! Statements without arguments go through `raw_sql`: one round trip, no prepared statement, and every cell as text.

macro_rules! live_connection {
    ($name:ident, $sqlx:ty, $database:ty, $cell:path, $error:path $(, $more:item)?) => {
        /// A live connection.
        pub(crate) struct $name(pub(crate) $sqlx);

        impl $crate::dialect::Connection for $name {
            fn execute<'a>(
                &'a mut self,
                sql: &'a str,
            ) -> $crate::dialect::BoxFuture<'a, Result<u64, $crate::dialect::DriverError>> {
                Box::pin(async move {
                    let done = sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).execute(&mut self.0).await;
                    done.map(|done| done.rows_affected()).map_err(|error| $error(&error, sql))
                })
            }

            fn packet<'a>(
                &'a mut self,
                sql: &'a str,
            ) -> $crate::dialect::BoxFuture<'a, Result<(), $crate::dialect::PacketError>> {
                Box::pin(async move {
                    use futures_util::TryStreamExt;
                    let mut completed = 0;
                    let mut answers = sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).fetch_many(&mut self.0);
                    loop {
                        match answers.try_next().await {
                            Ok(Some(answer)) if answer.is_left() => completed += 1,
                            Ok(Some(_)) => {}
                            Ok(None) => return Ok(()),
                            Err(error) => {
                                let error = $error(&error, sql);
                                return Err($crate::dialect::PacketError { completed, error });
                            }
                        }
                    }
                })
            }

            fn query<'a>(
                &'a mut self,
                sql: &'a str,
            ) -> $crate::dialect::BoxFuture<'a, Result<Vec<$crate::dialect::Row>, $crate::dialect::DriverError>> {
                Box::pin(async move {
                    let rows = sqlx::raw_sql(sqlx::AssertSqlSafe(sql)).fetch_all(&mut self.0).await;
                    let rows = rows.map_err(|error| $error(&error, sql))?;
                    $crate::dialect::live::rows(&rows, |row, at| $cell(row, at))
                })
            }

            fn execute_with<'a>(
                &'a mut self,
                sql: &'a str,
                args: &'a [$crate::dialect::Value],
            ) -> $crate::dialect::BoxFuture<'a, Result<u64, $crate::dialect::DriverError>> {
                Box::pin(async move {
                    let query = bind(sqlx::query(sqlx::AssertSqlSafe(sql)).persistent(false), args);
                    let done = query.execute(&mut self.0).await;
                    done.map(|done| done.rows_affected()).map_err(|error| $error(&error, sql))
                })
            }

            fn query_with<'a>(
                &'a mut self,
                sql: &'a str,
                args: &'a [$crate::dialect::Value],
            ) -> $crate::dialect::BoxFuture<'a, Result<Vec<$crate::dialect::Row>, $crate::dialect::DriverError>> {
                Box::pin(async move {
                    let query = bind(sqlx::query(sqlx::AssertSqlSafe(sql)).persistent(false), args);
                    let rows = query.fetch_all(&mut self.0).await.map_err(|error| $error(&error, sql))?;
                    $crate::dialect::live::rows(&rows, |row, at| $cell(row, at))
                })
            }

            fn as_any(&mut self) -> &mut dyn std::any::Any {
                &mut self.0
            }

            $($more)?

            fn close(
                self: Box<Self>,
            ) -> $crate::dialect::BoxFuture<'static, Result<(), $crate::dialect::DriverError>> {
                Box::pin(async move {
                    sqlx::Connection::close(self.0).await.map_err(|error| $error(&error, ""))
                })
            }
        }

        type Bound<'q> = sqlx::query::Query<'q, $database, <$database as sqlx::Database>::Arguments>;

        fn bind<'q>(query: Bound<'q>, args: &[$crate::dialect::Value]) -> Bound<'q> {
            args.iter().fold(query, |query, arg| match arg {
                $crate::dialect::Value::Null => query.bind(None::<String>),
                $crate::dialect::Value::Bool(value) => query.bind(*value),
                $crate::dialect::Value::Integer(value) => query.bind(*value),
                $crate::dialect::Value::Float(value) => query.bind(*value),
                $crate::dialect::Value::Text(value) => query.bind(value.clone()),
                $crate::dialect::Value::Bytes(value) => query.bind(value.clone()),
            })
        }
    };
}

pub(super) use live_connection;

use std::sync::Arc;

use sqlx::Column;

use super::{DriverError, ErrorKind, Row};
use crate::url::DatabaseUrl;

/// Rows with shared column names.
pub(super) fn rows<R: sqlx::Row>(
    rows: &[R],
    cell: impl Fn(&R, usize) -> Result<Option<String>, sqlx::Error>,
) -> Result<Vec<Row>, DriverError> {
    let Some(first) = rows.first() else { return Ok(Vec::new()) };
    let names: Arc<[String]> = first.columns().iter().map(|column| column.name().to_owned()).collect();
    rows.iter()
        .map(|row| {
            let cells = (0..names.len()).map(|at| cell(row, at)).collect::<Result<_, _>>();
            cells.map(|cells| Row::new(names.clone(), cells)).map_err(|error| {
                DriverError::new(
                    ErrorKind::Statement,
                    format!("a cell has no text form: {error}; cast it to text"),
                )
            })
        })
        .collect()
}

/// What every driver says alike.
pub(super) fn common_error(error: &sqlx::Error) -> DriverError {
    let kind = match error {
        sqlx::Error::Configuration(_) | sqlx::Error::InvalidArgument(_) => ErrorKind::Configuration,
        sqlx::Error::Io(_) | sqlx::Error::Tls(_) | sqlx::Error::Protocol(_) | sqlx::Error::WorkerCrashed => {
            ErrorKind::Unreachable
        }
        _ => ErrorKind::Statement,
    };
    let message = match error {
        sqlx::Error::Io(error) => error.to_string(),
        other => other.to_string(),
    };
    DriverError::new(kind, message)
}

/// Opens a connection with a bound on the time, and without the password in the error.
pub(super) async fn open<T>(
    url: &DatabaseUrl,
    limit: std::time::Duration,
    connect: impl Future<Output = Result<T, sqlx::Error>>,
    read: impl Fn(&sqlx::Error, &str) -> DriverError,
) -> Result<T, DriverError> {
    let scrub = |mut error: DriverError| {
        error.message = url.scrub(&error.message);
        error
    };
    match tokio::time::timeout(limit, connect).await {
        Ok(Ok(connection)) => Ok(connection),
        Ok(Err(error)) => Err(scrub(read(&error, ""))),
        Err(_) => Err(DriverError::new(
            ErrorKind::Unreachable,
            format!("no answer from `{}` within {} s", url.host(), limit.as_secs()),
        )),
    }
}

/// Options that the driver could not read.
pub(super) fn bad_options(url: &DatabaseUrl, error: &sqlx::Error) -> DriverError {
    DriverError::new(ErrorKind::Configuration, url.scrub(&error.to_string()))
}
