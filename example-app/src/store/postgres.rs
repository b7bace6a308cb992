//! Posts on PostgreSQL.

use std::str::FromStr;

use arvel_core::BoxError;
use arvel_migrate::url::DatabaseUrl;
use sqlx::{
    PgPool,
    postgres::{PgConnectOptions, PgPoolOptions},
};

use super::{Caller, PATIENCE, StoreError};
use crate::post::{NewPost, Post};

macro_rules! select {
    ($rest:literal) => {
        concat!(
            "SELECT p.id, p.title, p.slug, p.body, p.author_id, u.name AS author, ",
            "(SELECT m.path FROM media m WHERE m.attachable_type = 'post' AND m.attachable_id = p.id ",
            "AND m.collection = 'cover' ORDER BY m.position, m.id LIMIT 1) AS cover, ",
            r#"to_char(p.published_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS published_at "#,
            "FROM posts p JOIN users u ON u.id = p.author_id ",
            $rest
        )
    };
}

pub(super) fn pool(url: &DatabaseUrl) -> Result<PgPool, BoxError> {
    let options = PgConnectOptions::from_str(&url.expose()).map_err(|error| url.scrub(&error.to_string()))?;
    Ok(PgPoolOptions::new()
        .acquire_timeout(PATIENCE)
        .connect_lazy_with(options.application_name("example-app")))
}

pub(super) async fn list_posts(pool: &PgPool) -> Result<Vec<Post>, StoreError> {
    let sql = select!("WHERE p.published_at IS NOT NULL ORDER BY p.published_at DESC, p.id DESC LIMIT 100");
    Ok(sqlx::query_as(sql).fetch_all(pool).await?)
}

pub(super) async fn find_post(pool: &PgPool, id: i64) -> Result<Option<Post>, StoreError> {
    Ok(sqlx::query_as(select!("WHERE p.id = $1")).bind(id).fetch_optional(pool).await?)
}

pub(super) async fn create_post(
    pool: &PgPool,
    post: &NewPost,
    values: &str,
    caller: &Caller,
) -> Result<i64, StoreError> {
    let mut transaction = pool.begin().await?;
    let sql = "INSERT INTO posts (author_id, title, slug, body, published_at) \
               VALUES ($1, $2, $3, $4, CASE WHEN $5 THEN NULL ELSE CURRENT_TIMESTAMP END) RETURNING id";
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
               VALUES ('user', $1, 'post', $2, 'created', $3::jsonb, $4, $5, $6)";
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
