//! The application's own folders: `database/migrations`, `database/seeders`, and the `mod.rs` that lists their files.
//!
//! Everything is computed as a value first ([`render_module`]) and written by one small
//! room, [`ProjectFolder`], whose commit point is `mod.rs`.

mod guard;
mod modfile;
mod stamp;
mod write;

pub use guard::BUILD_RS;
pub(crate) use modfile::stem as file_stem;
pub use modfile::{FolderKind, ModuleFile, ModuleFileError, render_module};
pub use stamp::{Stamp, Stamps};
pub use write::{Change, Committed, ProjectFolder, PublishListError, Recovered, WriteError};
