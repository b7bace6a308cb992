//! Where posts are: one enum over three pools, one file for each database.
//!
//! Applications mostly know their database and need one of the files. This one shows how far three can be alike: the
//! functions and the shapes are, the SQL differs where it must (placeholders, the text of an instant, the key of a new
//! row).

mod mysql;
mod postgres;
mod sqlite;

use std::time::Duration;

use arvel_core::Context;
use arvel_migrate::url::DatabaseUrl;
use sqlx::{MySqlPool, PgPool, SqlitePool, error::ErrorKind};

use crate::post::{NewPost, Post};

/// How long a request waits for a connection before it is answered with 503.
const PATIENCE: Duration = Duration::from_secs(3);

/// The pool of the configured database. Cheap to clone.
#[derive(Clone, Debug)]
pub enum Store {
    /// SQLite.
    Sqlite(SqlitePool),
    /// PostgreSQL.
    Postgres(PgPool),
    /// MySQL and MariaDB.
    MySql(MySqlPool),
}

/// Who asked for a change: what the audit keeps.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Caller {
    /// The peer's address.
    pub ip_address: Option<String>,
    /// What the peer says it is.
    pub user_agent: Option<String>,
    /// What was asked for.
    pub url: Option<String>,
}

/// Why the store did not do what was asked.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum StoreError {
    /// No user has this key.
    #[error("there is no user {author_id}")]
    UnknownAuthor {
        /// The key.
        author_id: i64,
    },
    /// Another post has this slug.
    #[error("there is a post `{slug}` already")]
    SlugTaken {
        /// The slug.
        slug: String,
    },
    /// The database can not be used.
    #[error(transparent)]
    Database(#[from] sqlx::Error),
}

impl StoreError {
    /// What the keys of `posts` say about a new one.
    fn of_insert(error: sqlx::Error, post: &NewPost) -> Self {
        match error.as_database_error().map(|error| error.kind()) {
            Some(ErrorKind::ForeignKeyViolation) => Self::UnknownAuthor { author_id: post.author_id },
            Some(ErrorKind::UniqueViolation) => Self::SlugTaken { slug: post.slug.clone() },
            _ => Self::Database(error),
        }
    }
}

/// The same call on the database that it is.
macro_rules! on_each {
    ($store:expr, $call:ident($($argument:expr),*)) => {
        match $store {
            Store::Sqlite(pool) => sqlite::$call(pool, $($argument),*).await,
            Store::Postgres(pool) => postgres::$call(pool, $($argument),*).await,
            Store::MySql(pool) => mysql::$call(pool, $($argument),*).await,
        }
    };
}

impl Store {
    /// A pool for `databases.default.url`. It connects with the first query, so that a program whose database is not
    /// there yet comes up and says so.
    ///
    /// # Errors
    /// When the URL is missing or can not be used.
    pub fn of(context: &Context) -> Result<Self, arvel_core::BoxError> {
        let text: String = context.config().get("databases.default.url")?;
        let url = DatabaseUrl::parse(&text)?.resolved(context.root());
        Ok(match url.scheme() {
            "sqlite" => Self::Sqlite(sqlite::pool(&url)?),
            "postgres" | "postgresql" => Self::Postgres(postgres::pool(&url)?),
            _ => Self::MySql(mysql::pool(&url)?),
        })
    }

    /// The published posts, newest first, a hundred at most.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn list_posts(&self) -> Result<Vec<Post>, StoreError> {
        on_each!(self, list_posts())
    }

    /// One post, published or not.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn find_post(&self, id: i64) -> Result<Option<Post>, StoreError> {
        on_each!(self, find_post(id))
    }

    /// Stores a post, and who did so, in one transaction; answers with its key.
    ///
    /// # Errors
    /// [`StoreError`]; nothing was stored then.
    pub async fn create_post(&self, post: &NewPost, caller: &Caller) -> Result<i64, StoreError> {
        // The audit keeps what was stored, whatever the columns are.
        let values = serde_json::json!(post).to_string();
        on_each!(self, create_post(post, &values, caller))
    }
}
