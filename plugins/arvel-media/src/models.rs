//! The rows of `media` as structs.
//!
//! The fields are what sqlx decodes on every database without a feature: keys are `i64`, instants are UTC as text. So
//! columns of other types are cast in the query: [`Media::SELECT`] is for SQLite and PostgreSQL,
//! [`Media::SELECT_MYSQL`] for MySQL and MariaDB, whose keys are unsigned and whose word for text is `char`. What the
//! application adds to its own copy of the table belongs into a struct of its own.
//!
//! ```
//! # async fn find(pool: &sqlx::SqlitePool) -> Result<(), sqlx::Error> {
//! use arvel_media::Media;
//!
//! let sql = format!("{} WHERE uuid = ?", Media::SELECT);
//! let found: Option<Media> =
//!     sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind("6f1c6a38-2f4e-4b52-9a53-0a4b8c6d1e2f").fetch_optional(pool).await?;
//! # Ok(())
//! # }
//! ```

use serde::{Serialize, de::DeserializeOwned};

arvel_migrate::from_row!(Media {
    id,
    uuid,
    attachable_type,
    attachable_id,
    collection,
    file_name,
    disk,
    path,
    mime_type,
    size,
    custom_properties,
    position,
    uploaded_by,
    created_at,
    updated_at
});

/// A file that is attached to a row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Media {
    /// The key.
    pub id: i64,
    /// What links show.
    pub uuid: String,
    /// What kind of row it is attached to, `post`.
    pub attachable_type: String,
    /// The key of that row.
    pub attachable_id: i64,
    /// What it is to that row, `cover`.
    pub collection: String,
    /// The name that the uploader gave it.
    pub file_name: String,
    /// The store that holds it.
    pub disk: String,
    /// Where it lies in that store.
    pub path: String,
    /// `image/png`.
    pub mime_type: String,
    /// Bytes.
    pub size: i64,
    /// Whatever the application keeps with it, JSON; see [`Media::properties`].
    pub custom_properties: Option<String>,
    /// Its place in the collection, from 0.
    pub position: i64,
    /// The user who brought it, while there is one.
    pub uploaded_by: Option<i64>,
    /// When the row was made, UTC.
    pub created_at: String,
    /// When the row was last changed, UTC.
    pub updated_at: String,
}

impl Media {
    /// All rows of `media`, on SQLite and PostgreSQL; a condition follows.
    pub const SELECT: &'static str = "SELECT id, CAST(uuid AS text) AS uuid, attachable_type, attachable_id, collection, \
        file_name, disk, path, mime_type, size, CAST(custom_properties AS text) AS \
        custom_properties, CAST(position AS bigint) AS position, uploaded_by, CAST(created_at AS \
        text) AS created_at, CAST(updated_at AS text) AS updated_at FROM media";
    /// All rows of `media`, on MySQL and MariaDB; a condition follows.
    pub const SELECT_MYSQL: &'static str = "SELECT CAST(id AS signed) AS id, CAST(uuid AS char) AS uuid, attachable_type, \
        CAST(attachable_id AS signed) AS attachable_id, collection, file_name, disk, path, \
        mime_type, CAST(size AS signed) AS size, CAST(custom_properties AS char) AS \
        custom_properties, CAST(position AS signed) AS position, CAST(uploaded_by AS signed) AS \
        uploaded_by, CAST(created_at AS char) AS created_at, CAST(updated_at AS char) AS \
        updated_at FROM media";

    /// What the application keeps with the file, as a value of its own type.
    ///
    /// # Errors
    /// When the text is no JSON, or not of this shape.
    pub fn properties<T: DeserializeOwned>(&self) -> serde_json::Result<Option<T>> {
        self.custom_properties.as_deref().map(serde_json::from_str).transpose()
    }
}
