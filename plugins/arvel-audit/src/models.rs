//! The rows of `audit_entries` as structs.
//!
//! The fields are what sqlx decodes on every database without a feature: keys are `i64`, instants are UTC as text. So
//! columns of other types are cast in the query: [`AuditEntry::SELECT`] is for SQLite and PostgreSQL,
//! [`AuditEntry::SELECT_MYSQL`] for MySQL and MariaDB, whose keys are unsigned and whose word for text is `char`. What the
//! application adds to its own copy of the table belongs into a struct of its own.
//!
//! ```
//! # async fn find(pool: &sqlx::SqlitePool) -> Result<(), sqlx::Error> {
//! use arvel_audit::AuditEntry;
//!
//! let sql = format!("{} WHERE event = ?", AuditEntry::SELECT);
//! let found: Vec<AuditEntry> =
//!     sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind("created").fetch_all(pool).await?;
//! # Ok(())
//! # }
//! ```

use serde::{Serialize, de::DeserializeOwned};

arvel_migrate::from_row!(AuditEntry {
    id,
    actor_type,
    actor_id,
    auditable_type,
    auditable_id,
    event,
    old_values,
    new_values,
    ip_address,
    user_agent,
    url,
    created_at
});

/// A change of a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditEntry {
    /// The key.
    pub id: i64,
    /// What kind of row acted, `user`; `None` when nobody asked.
    pub actor_type: Option<String>,
    /// The key of that row.
    pub actor_id: Option<i64>,
    /// What kind of row was changed, `post`.
    pub auditable_type: String,
    /// The key of that row.
    pub auditable_id: i64,
    /// What happened to it, `created`.
    pub event: String,
    /// The changed columns before, JSON; see [`AuditEntry::before`].
    pub old_values: Option<String>,
    /// The changed columns after, JSON; see [`AuditEntry::after`].
    pub new_values: Option<String>,
    /// The address that asked.
    pub ip_address: Option<String>,
    /// The program that asked, as it says.
    pub user_agent: Option<String>,
    /// What was asked for.
    pub url: Option<String>,
    /// When it happened, UTC.
    pub created_at: String,
}

impl AuditEntry {
    /// All rows of `audit_entries`, on SQLite and PostgreSQL; a condition follows.
    pub const SELECT: &'static str = "SELECT id, actor_type, actor_id, auditable_type, auditable_id, event, CAST(old_values AS \
        text) AS old_values, CAST(new_values AS text) AS new_values, ip_address, user_agent, \
        url, CAST(created_at AS text) AS created_at FROM audit_entries";
    /// All rows of `audit_entries`, on MySQL and MariaDB; a condition follows.
    pub const SELECT_MYSQL: &'static str = "SELECT CAST(id AS signed) AS id, actor_type, CAST(actor_id AS signed) AS actor_id, \
        auditable_type, CAST(auditable_id AS signed) AS auditable_id, event, CAST(old_values AS \
        char) AS old_values, CAST(new_values AS char) AS new_values, ip_address, user_agent, \
        url, CAST(created_at AS char) AS created_at FROM audit_entries";

    /// The changed columns before, as a value of its own type.
    ///
    /// # Errors
    /// When the text is no JSON, or not of this shape.
    pub fn before<T: DeserializeOwned>(&self) -> serde_json::Result<Option<T>> {
        self.old_values.as_deref().map(serde_json::from_str).transpose()
    }

    /// The changed columns after, as a value of its own type.
    ///
    /// # Errors
    /// When the text is no JSON, or not of this shape.
    pub fn after<T: DeserializeOwned>(&self) -> serde_json::Result<Option<T>> {
        self.new_values.as_deref().map(serde_json::from_str).transpose()
    }
}
