//! The smallest honest application on Arvel: posts with an author and a cover, on SQLite, PostgreSQL or MariaDB.
//!
//! A library with a two-line binary, so that binaries and tests link the same migrations.

#[path = "../database/migrations/mod.rs"]
pub mod migrations;
#[path = "../database/seeders/mod.rs"]
pub mod seeders;

mod error;
mod page;
mod post;
mod routes;
mod store;

use arvel_core::App;
// Naming a package links it: its bundled migrations are there for `db publish`.
use arvel_audit as _;
use arvel_auth as _;
use arvel_media as _;
use arvel_notifications as _;

pub use crate::{
    post::{NewPost, Post},
    routes::routes,
    store::{Caller, Store, StoreError},
};

/// The application.
pub fn app() -> App {
    App::new("example-app")
        .version(env!("CARGO_PKG_VERSION"))
        .plugin(arvel_migrate::Migrations::default())
        .plugin(arvel_cli::DatabaseCommands)
        .routes_with(routes::routes)
}
