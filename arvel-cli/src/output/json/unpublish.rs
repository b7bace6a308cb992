//! The document of `db unpublish`.

use std::path::PathBuf;

use arvel_migrate::publish::{Left, Removal};
#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;

/// `db unpublish`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct UnpublishBody<'a> {
    /// One for each published file that was asked for.
    pub removals: Vec<RemovalBody<'a>>,
    /// The databases that were asked what is applied, and did not answer.
    pub silent: Vec<String>,
    /// The folder.
    pub folder: PathBuf,
    /// Files that are gone.
    pub removed: Vec<String>,
    /// Whether nothing was done.
    pub dry_run: bool,
}

/// What happens to one published file.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Removal"))]
pub struct RemovalBody<'a> {
    /// Package and stub: `package/stub`.
    origin: String,
    /// The file.
    file: &'a str,
    /// Why it is left; null when it goes.
    #[cfg_attr(test, schemars(extend("enum" = super::schemas::LEFT)))]
    left: Option<&'static str>,
    /// Whether it is applied somewhere; null when not every database answered.
    applied: Option<bool>,
    /// The files that need it, or that carry its origin too.
    others: &'a [String],
    /// Why it is left, in words.
    reason: Option<&'a str>,
}

impl<'a> RemovalBody<'a> {
    /// Of what was decided.
    pub fn of(removal: &'a Removal) -> Self {
        Self {
            origin: removal.origin.to_string(),
            file: &removal.file,
            left: removal.left.map(left),
            applied: removal.applied,
            others: &removal.others,
            reason: removal.reason.as_deref(),
        }
    }
}

pub(super) fn left(left: Left) -> &'static str {
    match left {
        Left::Applied => "applied",
        Left::Edited => "edited",
        Left::Duplicate => "duplicate",
        Left::Unknown => "unknown",
        Left::Needed => "needed",
    }
}
