//! What publishing is asked for.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::AppliedOrigins;
use crate::{
    migration::{Origin, RevisionId},
    project::{Naming, Stamp},
};

/// How far publishing may go with files that are there.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum PublishMode {
    /// Writes what is new, keeps the rest.
    #[default]
    Add,
    /// Also takes over what changed upstream: the newer text where you changed nothing and nothing is applied, the
    /// package's follow-ups where it is.
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
    /// With [`PublishMode::Update`]: writes what a merge of your changes and the package's gives, where it is clean.
    pub merge: bool,
    /// Only these packages; empty means all.
    pub packages: Vec<String>,
    /// Only these stubs, by name or as `package/stub`; empty means all.
    pub only: Vec<String>,
    /// Whether stubs that are needed and not published come along, though nobody asked for them.
    pub with_needed: bool,
    /// The packages that run in place: their stubs are published only when they are named.
    pub in_place: BTreeSet<String>,
    /// What is applied, for [`PublishMode::Update`] and [`PublishMode::Force`].
    pub applied: AppliedOrigins,
    /// Goes on where not every database answered.
    pub assume_unapplied: bool,
    /// `migrations.history = "graph"`: the heads of the line, which the first new file follows. `None` where files name no
    /// parents.
    pub heads: Option<Vec<RevisionId>>,
    /// Texts from which edited files were made, where the package has none of that digest: as they were published.
    pub bases: BTreeMap<Origin, String>,
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
            merge: false,
            packages: Vec::new(),
            only: Vec::new(),
            with_needed: true,
            in_place: BTreeSet::new(),
            applied: AppliedOrigins::default(),
            assume_unapplied: false,
            heads: None,
            bases: BTreeMap::new(),
        }
    }
}
