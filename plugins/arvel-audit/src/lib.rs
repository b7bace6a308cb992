//! Who changed what, when, and from where.
//!
//! | table | one row is | why it looks like this |
//! |---|---|---|
//! | `audit_entries` | one change of one row of any table | written in the transaction of the change, so that neither is there without the other; no foreign keys, because an entry outlives both its actor and its object; no `updated_at`, because an entry never changes |
//!
//! The actor is NULL when nobody asked (a schedule, a migration). This package refuses to decide what is worth an entry:
//! it brings the table and the struct that reads it.

pub mod models;

pub use models::AuditEntry;

arvel_migrate::bundle! {
    create_audit_entries_table => "stubs/create_audit_entries_table.rs",
}
