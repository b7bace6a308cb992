//! What the application told somebody, kept until it is read.
//!
//! | table | one row is | why it looks like this |
//! |---|---|---|
//! | `notifications` | one message to one row of any table, mostly a user | the key is a UUID, so that it can be made before the row is written and sent along every channel; the index ends in `read_at`, because the question is always "what has this one not read" |
//!
//! `data` is whatever the message needs to be shown, `type` says how. This package refuses to send anything: it brings
//! the table and the struct that reads it.

pub mod models;

pub use models::Notification;

arvel_migrate::bundle! {
    create_notifications_table => "stubs/create_notifications_table.rs",
}
