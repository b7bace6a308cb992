//! The seeders of this folder; `arvel make sync` rewrites the list between the markers.

// arvel:begin
#[path = "users.rs"]
mod users;
// arvel:end
