//! Posts on SQLite.

use std::time::Duration;

use arvel_core::BoxError;
use arvel_migrate::url::DatabaseUrl;
use sqlx::{
    SqlitePool,
    sqlite::{SqliteConnectOptions, SqlitePoolOptions},
};

use super::{Caller, PATIENCE, StoreError};
use crate::post::{NewPost, Post};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.title, p.slug, p.body, p.author_id, u.name AS author, ",
            "(SELECT m.path FROM media m WHERE m.attachable_type = 'post' AND m.attachable_id = p.id ",
            "AND m.collection = 'cover' ORDER BY m.position, m.id LIMIT 1) AS cover, ",
            "strftime('%Y-%m-%dT%H:%M:%SZ', p.published_at) AS published_at ",
            "FROM posts p JOIN users u ON u.id = p.author_id ",
            $rest
        )
    };
}

pub(super) fn pool(url: &DatabaseUrl) -> Result<SqlitePool, BoxError> {
    // Each connection of a pool would have an empty memory of its own.
    let file = url.file().ok_or("`sqlite::memory:` can not be shared by a pool; name a file")?;
    // The file is made by the migrations, never by a request: an empty database would only look like one.
    let options =
        SqliteConnectOptions::new().filename(file).foreign_keys(true).busy_timeout(Duration::from_secs(5));
    Ok(SqlitePoolOptions::new().acquire_timeout(PATIENCE).connect_lazy_with(options))
}

pub(super) async fn list_posts(pool: &SqlitePool) -> Result<Vec<Post>, StoreError> {
    let sql = select!("WHERE p.published_at IS NOT NULL ORDER BY p.published_at DESC, p.id DESC LIMIT 100");
    Ok(sqlx::query_as(sql).fetch_all(pool).await?)
}

pub(super) async fn find_post(pool: &SqlitePool, id: i64) -> Result<Option<Post>, StoreError> {
    Ok(sqlx::query_as(select!("WHERE p.id = ?")).bind(id).fetch_optional(pool).await?)
}

pub(super) async fn create_post(
    pool: &SqlitePool,
    post: &NewPost,
    values: &str,
    caller: &Caller,
) -> Result<i64, StoreError> {
    let mut transaction = pool.begin().await?;
    let sql = "INSERT INTO posts (author_id, title, slug, body, published_at) \
               VALUES (?, ?, ?, ?, CASE WHEN ? THEN NULL ELSE CURRENT_TIMESTAMP END) RETURNING id";
    let id: i64 = sqlx::query_scalar(sql)
        .bind(post.author_id)
        .bind(&post.title)
        .bind(&post.slug)
        .bind(&post.body)
        .bind(post.draft)
        .fetch_one(&mut *transaction)
        .await
        .map_err(|error| StoreError::of_insert(error, post))?;
    let sql = "INSERT INTO audit_entries \
               (actor_type, actor_id, auditable_type, auditable_id, event, new_values, ip_address, user_agent, url) \
               VALUES ('user', ?, 'post', ?, 'created', ?, ?, ?, ?)";
    sqlx::query(sql)
        .bind(post.author_id)
        .bind(id)
        .bind(values)
        .bind(&caller.ip_address)
        .bind(&caller.user_agent)
        .bind(&caller.url)
        .execute(&mut *transaction)
        .await?;
    transaction.commit().await?;
    Ok(id)
}
