//! The rows of `users`, `auth_refresh_tokens` and `password_resets` as structs.
//!
//! The fields are what sqlx decodes on every database without a feature: keys are `i64`, instants are UTC as text. So
//! columns of other types are cast in the query: [`User::SELECT`] is for SQLite and PostgreSQL,
//! [`User::SELECT_MYSQL`] for MySQL and MariaDB, whose keys are unsigned and whose word for text is `char`. What the
//! application adds to its own copy of the tables belongs into a struct of its own. Hashes and tokens are
//! left out of `Serialize` and `Debug`.
//!
//! ```
//! # async fn find(pool: &sqlx::SqlitePool) -> Result<(), sqlx::Error> {
//! use arvel_auth::User;
//!
//! let sql = format!("{} WHERE email = ?", User::SELECT);
//! let found: Option<User> =
//!     sqlx::query_as(sqlx::AssertSqlSafe(sql)).bind("ada@example.com").fetch_optional(pool).await?;
//! # Ok(())
//! # }
//! ```

use std::fmt;

use serde::Serialize;

arvel_migrate::from_row!(User {
    id,
    name,
    email,
    email_verified_at,
    password,
    remember_token,
    created_at,
    updated_at
});
arvel_migrate::from_row!(RefreshToken {
    id,
    user_id,
    token_hash,
    family,
    expires_at,
    revoked_at,
    created_at,
    updated_at
});
arvel_migrate::from_row!(PasswordReset { id, email, token_hash, created_at, expires_at });

/// A person who can log in.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct User {
    /// The key.
    pub id: i64,
    /// The name to show.
    pub name: String,
    /// The address; no two users share one.
    pub email: String,
    /// When the address was proven, UTC.
    pub email_verified_at: Option<String>,
    /// The hash, as the application made it. Never serialized.
    #[serde(skip_serializing)]
    pub password: String,
    /// The token of "stay logged in". Never serialized.
    #[serde(skip_serializing)]
    pub remember_token: Option<String>,
    /// When the row was made, UTC.
    pub created_at: String,
    /// When the row was last changed, UTC.
    pub updated_at: String,
}

impl User {
    /// All rows of `users`, on SQLite and PostgreSQL; a condition follows.
    pub const SELECT: &'static str = "SELECT id, name, email, CAST(email_verified_at AS text) AS email_verified_at, password, \
        remember_token, CAST(created_at AS text) AS created_at, CAST(updated_at AS text) AS \
        updated_at FROM users";
    /// All rows of `users`, on MySQL and MariaDB; a condition follows.
    pub const SELECT_MYSQL: &'static str = "SELECT CAST(id AS signed) AS id, name, email, CAST(email_verified_at AS char) AS \
        email_verified_at, password, remember_token, CAST(created_at AS char) AS created_at, \
        CAST(updated_at AS char) AS updated_at FROM users";
}

impl fmt::Debug for User {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("User")
            .field("id", &self.id)
            .field("name", &self.name)
            .field("email", &self.email)
            .field("email_verified_at", &self.email_verified_at)
            .finish_non_exhaustive()
    }
}

/// A token that a device exchanges for a new session.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct RefreshToken {
    /// The key.
    pub id: i64,
    /// The user.
    pub user_id: i64,
    /// SHA-256 of the token, in hexadecimal. Never serialized.
    #[serde(skip_serializing)]
    pub token_hash: String,
    /// The UUID that all tokens of one log-in share.
    pub family: String,
    /// The end of its life, UTC.
    pub expires_at: String,
    /// When it was exchanged or taken back, UTC.
    pub revoked_at: Option<String>,
    /// When the row was made, UTC.
    pub created_at: String,
    /// When the row was last changed, UTC.
    pub updated_at: String,
}

impl RefreshToken {
    /// All rows of `auth_refresh_tokens`, on SQLite and PostgreSQL; a condition follows.
    pub const SELECT: &'static str = "SELECT id, user_id, token_hash, CAST(family AS text) AS family, CAST(expires_at AS text) \
        AS expires_at, CAST(revoked_at AS text) AS revoked_at, CAST(created_at AS text) AS \
        created_at, CAST(updated_at AS text) AS updated_at FROM auth_refresh_tokens";
    /// All rows of `auth_refresh_tokens`, on MySQL and MariaDB; a condition follows.
    pub const SELECT_MYSQL: &'static str = "SELECT CAST(id AS signed) AS id, CAST(user_id AS signed) AS user_id, token_hash, \
        CAST(family AS char) AS family, CAST(expires_at AS char) AS expires_at, CAST(revoked_at \
        AS char) AS revoked_at, CAST(created_at AS char) AS created_at, CAST(updated_at AS char) \
        AS updated_at FROM auth_refresh_tokens";
}

impl fmt::Debug for RefreshToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RefreshToken")
            .field("id", &self.id)
            .field("user_id", &self.user_id)
            .field("family", &self.family)
            .field("expires_at", &self.expires_at)
            .field("revoked_at", &self.revoked_at)
            .finish_non_exhaustive()
    }
}

/// A mail with a link that sets a new password.
#[derive(Clone, PartialEq, Eq, Serialize)]
pub struct PasswordReset {
    /// The key.
    pub id: i64,
    /// The address that asked.
    pub email: String,
    /// SHA-256 of the token, in hexadecimal. Never serialized.
    #[serde(skip_serializing)]
    pub token_hash: String,
    /// When it was asked, UTC.
    pub created_at: String,
    /// The end of its life, UTC.
    pub expires_at: String,
}

impl PasswordReset {
    /// All rows of `password_resets`, on SQLite and PostgreSQL; a condition follows.
    pub const SELECT: &'static str = "SELECT id, email, token_hash, CAST(created_at AS text) AS created_at, CAST(expires_at AS \
        text) AS expires_at FROM password_resets";
    /// All rows of `password_resets`, on MySQL and MariaDB; a condition follows.
    pub const SELECT_MYSQL: &'static str = "SELECT CAST(id AS signed) AS id, email, token_hash, CAST(created_at AS char) AS \
        created_at, CAST(expires_at AS char) AS expires_at FROM password_resets";
}

impl fmt::Debug for PasswordReset {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("PasswordReset")
            .field("id", &self.id)
            .field("email", &self.email)
            .field("created_at", &self.created_at)
            .field("expires_at", &self.expires_at)
            .finish_non_exhaustive()
    }
}
