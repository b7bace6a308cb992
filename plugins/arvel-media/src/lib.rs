//! Files that belong to rows: covers, avatars, attachments.
//!
//! | table | one row is | why it looks like this |
//! |---|---|---|
//! | `media` | one file on one disk, attached to a row of any table | `attachable_type` and `attachable_id` name the row, `collection` what the file is to it (`cover`, `gallery`), `position` its place in there; disk and path are unique together, so that removing a row may remove its file; `uuid` is what links show |
//!
//! `uploaded_by` points to `users`, so [`arvel_auth`] comes along and its table first; when a user goes, the file stays
//! and forgets who brought it. This package refuses to store or to resize anything: it brings the table
//! and the struct that reads it.

pub mod models;

use arvel_auth as _;

pub use models::Media;

arvel_migrate::bundle! {
    create_media_table => "stubs/create_media_table.rs" after ["arvel-auth/create_users_table"],
}
