//! Bundled migrations, and copying them into the application's own folder.
//!
//! A package declares its stubs with [`bundle!`](crate::bundle); [`bundled`] lists what the program links,
//! [`plan_publish`] decides file by file without a disk, and [`write_plan`] does what was decided. The identity of a
//! published file is its origin, `package/stub`, which it carries in its code; the digest in its first line tells
//! "edited by you" from "changed upstream". A file that was not published is never overwritten.

mod applied;
mod bundle;
mod bundle_error;
mod decision;
mod declaration;
mod digest;
mod existing;
mod ground;
mod head;
mod header;
mod in_place;
mod judge;
mod macros;
mod options;
mod order;
mod packages;
mod place;
mod plan;
mod plan_error;
mod planner;
#[cfg(test)]
mod properties;
mod selection;
mod stub;
mod tables;
mod three_way;
#[cfg(test)]
mod trap_tests;
mod unpublish;
mod write;

pub use applied::AppliedOrigins;
pub use bundle::{Bundle, Stub, StubFollows, StubOrigin, bundled, bundled_from};
#[doc(hidden)]
pub use bundle::{const_ends_with, const_is_stub_path};
pub use bundle_error::BundleError;
pub use decision::{Decision, PublishAction, PublishPlan, PublishState};
pub(crate) use declaration::Declaration;
pub(crate) use digest::digest_of_content;
pub use digest::{Digest, digest};
pub use existing::ExistingFile;
pub use header::{OwnPlace, PublishedHeader, StubTextError, published_text};
pub(crate) use in_place::link;
pub use in_place::{InPlace, InPlaceError, in_place, packages};
pub use options::{PublishMode, PublishOptions};
pub use packages::{Found, PackageState, StubState, package_states};
pub use plan::plan_publish;
pub use plan_error::PlanError;
pub use semver::Version;
pub use stub::{BundledStub, Follows};
pub use tables::TablesTouched;
pub use three_way::{Merged, ThreeWay};
pub use unpublish::{Left, Removal, UnpublishOptions, UnpublishPlan, plan_unpublish};
pub use write::{read_files, remove_published, write_plan};

/// Whether a migration file is Rust or SQL.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum FileKind {
    /// `….rs`
    Rust,
    /// `….sql`
    Sql,
}

impl FileKind {
    /// The kind by a file's ending; `None` for any other file.
    #[must_use]
    pub fn of_name(name: &str) -> Option<Self> {
        match name.rsplit_once('.') {
            Some((_, "rs")) => Some(FileKind::Rust),
            Some((_, "sql")) => Some(FileKind::Sql),
            _ => None,
        }
    }

    /// The ending, without a point.
    #[must_use]
    pub fn ending(self) -> &'static str {
        match self {
            FileKind::Rust => "rs",
            FileKind::Sql => "sql",
        }
    }

    /// What begins a comment line.
    pub(crate) fn comment(self) -> &'static str {
        match self {
            FileKind::Rust => "//",
            FileKind::Sql => "--",
        }
    }
}

/// The text with LF line ends and without a byte order mark.
pub(crate) fn plain(text: &str) -> String {
    text.trim_start_matches('\u{feff}').replace("\r\n", "\n")
}
