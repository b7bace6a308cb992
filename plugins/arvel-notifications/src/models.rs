//! The rows of `notifications` as structs.
//!
//! The fields are what sqlx decodes on every database without a feature: keys are `i64`, instants are UTC as text. So
//! columns of other types are cast in the query: [`Notification::SELECT`] is for SQLite and PostgreSQL,
//! [`Notification::SELECT_MYSQL`] for MySQL and MariaDB, whose keys are unsigned and whose word for text is `char`. What the
//! application adds to its own copy of the table belongs into a struct of its own.
//!
//! ```
//! # async fn find(pool: &sqlx::SqlitePool) -> Result<(), sqlx::Error> {
//! use arvel_notifications::Notification;
//!
//! let sql = format!("{} WHERE notifiable_id = ?", Notification::SELECT);
//! let found: Vec<Notification> =
//!     sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind(1_i64).fetch_all(pool).await?;
//! # Ok(())
//! # }
//! ```

use serde::{Serialize, de::DeserializeOwned};

arvel_migrate::from_row!(Notification {
    id,
    kind,
    notifiable_type,
    notifiable_id,
    data,
    read_at,
    created_at,
    updated_at
});

/// A message to a row, mostly to a user.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Notification {
    /// The key, a UUID.
    pub id: String,
    /// How it is shown, `post_published`. The column is called `type`.
    pub kind: String,
    /// What kind of row is told, `user`.
    pub notifiable_type: String,
    /// The key of that row.
    pub notifiable_id: i64,
    /// What it takes to show it, JSON; see [`Notification::payload`].
    pub data: String,
    /// When it was read, UTC.
    pub read_at: Option<String>,
    /// When the row was made, UTC.
    pub created_at: String,
    /// When the row was last changed, UTC.
    pub updated_at: String,
}

impl Notification {
    /// All rows of `notifications`, on SQLite and PostgreSQL; a condition follows.
    pub const SELECT: &'static str = "SELECT CAST(id AS text) AS id, type AS kind, notifiable_type, notifiable_id, CAST(data AS text) \
        AS data, CAST(read_at AS text) AS read_at, CAST(created_at AS text) AS created_at, \
        CAST(updated_at AS text) AS updated_at FROM notifications";
    /// All rows of `notifications`, on MySQL and MariaDB; a condition follows.
    pub const SELECT_MYSQL: &'static str = "SELECT CAST(id AS char) AS id, type AS kind, notifiable_type, CAST(notifiable_id AS signed) AS \
        notifiable_id, CAST(data AS char) AS data, CAST(read_at AS char) AS read_at, \
        CAST(created_at AS char) AS created_at, CAST(updated_at AS char) AS updated_at FROM \
        notifications";

    /// What it takes to show it, as a value of its own type.
    ///
    /// # Errors
    /// When the text is no JSON, or not of this shape.
    pub fn payload<T: DeserializeOwned>(&self) -> serde_json::Result<T> {
        serde_json::from_str(&self.data)
    }
}
