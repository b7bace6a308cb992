//! The application's own folders: `database/migrations`, `database/seeders`, and the `mod.rs` that lists their files.
//!
//! Everything is computed as a value first ([`render_module`], [`make_migration`]) and written by one small
//! room, [`ProjectFolder`], whose commit point is `mod.rs`.

mod field;
mod field_types;
mod guard;
mod maker;
mod modfile;
mod render;
mod slug;
mod stamp;
mod write;

pub use field::{Field, FieldError, FieldKind};
pub use guard::BUILD_RS;
pub use maker::{FileHeader, MadeFile, MakeError, MakeRequest, make_migration, make_seeder, migration_kind};
pub(crate) use modfile::stem as file_stem;
pub use modfile::{FolderKind, ModuleFile, ModuleFileError, render_module};
pub use render::MigrationKind;
pub use slug::{SlugError, slug};
pub use stamp::{Stamp, Stamps};
pub use write::{Change, Committed, ProjectFolder, PublishListError, Recovered, WriteError};
