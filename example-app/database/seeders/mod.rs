//! The seeders of this folder; `arvel make sync` rewrites the list between the markers.

// arvel:begin
#[path = "posts.rs"]
mod posts;
#[path = "users.rs"]
mod users;
// arvel:end
