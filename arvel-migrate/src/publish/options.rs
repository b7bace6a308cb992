//! What publishing is asked for.

use serde::Serialize;

use super::AppliedOrigins;
use crate::project::{Naming, Stamp};

/// How far publishing may go with files that are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PublishMode {
    /// Writes what is new, keeps the rest.
    #[default]
    Add,
    /// Also takes over what changed upstream, where you changed nothing and nothing is applied.
    Update,
    /// Overwrites published files; a backup of each is kept.
    Force,
}

/// What is asked for.
#[derive(Clone, Debug)]
pub struct PublishOptions {
    /// The moment from which new files are stamped.
    pub now: Stamp,
    /// How new files are named.
    pub naming: Naming,
    /// The way from the folder with the list into a nested one: `2026/`, or nothing.
    pub way: String,
    /// How far it may go.
    pub mode: PublishMode,
    /// Only these packages; empty means all.
    pub packages: Vec<String>,
    /// Only these stubs, by name or as `package/stub`; empty means all.
    pub only: Vec<String>,
    /// What is applied, for [`PublishMode::Update`].
    pub applied: AppliedOrigins,
    /// Goes on where no database answered.
    pub assume_unapplied: bool,
}

impl PublishOptions {
    /// Everything, adding only.
    #[must_use]
    pub fn all(now: Stamp) -> Self {
        Self {
            now,
            naming: Naming::default(),
            way: String::new(),
            mode: PublishMode::default(),
            packages: Vec::new(),
            only: Vec::new(),
            applied: AppliedOrigins::default(),
            assume_unapplied: false,
        }
    }
}
