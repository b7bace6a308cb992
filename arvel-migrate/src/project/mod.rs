//! The application's own folders: `database/migrations`, `database/seeders`, and the `mod.rs` that lists their files.
//!
//! Everything is computed as a value first ([`render_module`], [`make_migration`]) and written by one small
//! room, [`ProjectFolder`], whose commit point is `mod.rs`.

mod after_write;
mod change;
mod compose;
mod disk;
mod field;
mod field_error;
mod field_types;
mod fill;
mod folder;
mod former;
mod guard;
mod init;
mod interrupted;
mod look;
mod maker;
mod modfile;
mod naming;
mod new_folder;
mod own_template;
mod package;
mod path;
mod place;
mod publishing;
mod recover;
mod render;
mod slug;
mod stamp;
mod template;
mod template_files;
mod write;
mod write_error;

pub use after_write::{AfterWrite, spoiled_text};
pub use change::{Change, Committed, Recovered};
pub use field::{Field, FieldKind};
pub use field_error::FieldError;
pub use folder::ProjectFolder;
pub use guard::BUILD_RS;
pub use init::{Init, InitError, InitReport};
pub(crate) use interrupted::{SeenOtherwise, seen_otherwise};
pub(crate) use maker::new_revision;
pub use maker::{
    FileHeader, MadeFile, MakeError, MakeRequest, Making, make_migration, make_seeder, migration_kind,
};
pub use modfile::{FolderKind, ModuleFile, ModuleFileError, render_module};
pub(crate) use modfile::{line_of, listed_files, stem as file_stem};
pub use naming::{FILE_TEMPLATE, Naming, NamingError};
pub use own_template::{OwnTemplate, TemplateError, Templates};
pub use package::{NewPackage, NewPackageError, PackageRequest};
pub(crate) use path::is_device;
pub use place::{HistoryStyle, Place, PlaceError, Referrer, check_place, merge_parents, referrers};
pub use publishing::PublishListError;
pub use render::MigrationKind;
pub use slug::{SlugError, slug, slug_of_text, stems_named};
pub use stamp::{Stamp, Stamps};
pub use template::{TEMPLATES, Template};
pub use template_files::{TemplateFile, TemplateState, plan_templates, write_templates};
pub use write_error::WriteError;
