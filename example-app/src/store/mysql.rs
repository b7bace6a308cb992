//! Posts on MySQL and MariaDB. Keys are unsigned there, and sqlx's `i64` is not, so they are cast.

use std::str::FromStr;

use arvel_core::BoxError;
use arvel_migrate::url::DatabaseUrl;
use sqlx::{
    MySqlPool,
    mysql::{MySqlConnectOptions, MySqlPoolOptions},
};

use super::{Caller, PATIENCE, StoreError};
use crate::post::{NewPost, Post};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT CAST(p.id AS signed) AS id, p.title, p.slug, p.body, ",
            "CAST(p.author_id AS signed) AS author_id, u.name AS author, ",
            "(SELECT m.path FROM media m WHERE m.attachable_type = 'post' AND m.attachable_id = p.id ",
            "AND m.collection = 'cover' ORDER BY m.position, m.id LIMIT 1) AS cover, ",
            "DATE_FORMAT(p.published_at, '%Y-%m-%dT%H:%i:%sZ') AS published_at ",
            "FROM posts p JOIN users u ON u.id = p.author_id ",
            $rest
        )
    };
}

pub(super) fn pool(url: &DatabaseUrl) -> Result<MySqlPool, BoxError> {
    let options =
        MySqlConnectOptions::from_str(&url.expose()).map_err(|error| url.scrub(&error.to_string()))?;
    Ok(MySqlPoolOptions::new().acquire_timeout(PATIENCE).connect_lazy_with(options))
}

pub(super) async fn list_posts(pool: &MySqlPool) -> Result<Vec<Post>, StoreError> {
    let sql = select!("WHERE p.published_at IS NOT NULL ORDER BY p.published_at DESC, p.id DESC LIMIT 100");
    Ok(sqlx::query_as(sql).fetch_all(pool).await?)
}

pub(super) async fn find_post(pool: &MySqlPool, id: i64) -> Result<Option<Post>, StoreError> {
    Ok(sqlx::query_as(select!("WHERE p.id = ?")).bind(id).fetch_optional(pool).await?)
}

pub(super) async fn create_post(
    pool: &MySqlPool,
    post: &NewPost,
    values: &str,
    caller: &Caller,
) -> Result<i64, StoreError> {
    let mut transaction = pool.begin().await?;
    let sql = "INSERT INTO posts (author_id, title, slug, body, published_at) \
               VALUES (?, ?, ?, ?, CASE WHEN ? THEN NULL ELSE CURRENT_TIMESTAMP END)";
    // MySQL has no RETURNING.
    let inserted = sqlx::query(sql)
        .bind(post.author_id)
        .bind(&post.title)
        .bind(&post.slug)
        .bind(&post.body)
        .bind(post.draft)
        .execute(&mut *transaction)
        .await
        .map_err(|error| StoreError::of_insert(error, post))?;
    let id = i64::try_from(inserted.last_insert_id()).map_err(|error| sqlx::Error::Decode(error.into()))?;
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
