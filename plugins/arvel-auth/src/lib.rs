//! Users, and what it takes to let them in again.
//!
//! | table | one row is | why it looks like this |
//! |---|---|---|
//! | `users` | a person who can log in | the address is the name of the account, so it is unique; no soft deletes, because a deleted row would keep its address for ever |
//! | `auth_refresh_tokens` | one token of one device | only the hash is kept; tokens that were exchanged for each other share a `family`, so that the use of a revoked one can revoke them all |
//! | `password_resets` | one mail with a link | only the hash is kept; by address, not by user, so that asking tells nobody whether an account exists |
//!
//! The tables belong to the application once they are published (`db publish --package arvel-auth`): it adds its columns
//! there. This package refuses to hash passwords or to send mail; it brings tables and the structs that read them.

pub mod models;

pub use models::{PasswordReset, RefreshToken, User};

arvel_migrate::bundle! {
    create_users_table => "stubs/create_users_table.rs",
    create_auth_refresh_tokens_table => "stubs/create_auth_refresh_tokens_table.rs" after [create_users_table],
    create_password_resets_table => "stubs/create_password_resets_table.rs",
}
