//! The documents of the commands that read the graph: arrays of the revision object of `db status`, with its place.

use arvel_migrate::{
    Status,
    history::{Comparison, RevisionState},
    migration::RevisionId,
};
#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;

use super::{database::DatabaseText, revision::RevisionBody, texts};
use crate::output::revisions::{Place, Places};

/// `db heads`, `db branches` and `db history`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct RevisionsBody {
    /// The revisions, in the order of the question.
    pub migrations: Vec<PlacedBody>,
    /// Which database was asked; nothing when none was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<DatabaseText>,
    /// Applied revisions that no file has; nothing when no database was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<Vec<String>>,
}

/// `db current`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct CurrentBody {
    /// Where the database is.
    pub migrations: Vec<PlacedBody>,
    /// Whether everything is applied.
    pub at_head: bool,
    /// What is not applied yet, late ones too.
    pub pending: Vec<String>,
    /// What of it is below something applied.
    pub late: Vec<String>,
    /// What was begun and not finished.
    pub failed: Vec<String>,
    /// What is applied and no file has.
    pub missing: Vec<String>,
    /// Which database.
    pub database: DatabaseText,
}

/// `db show`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct ShowBody {
    /// The revisions that the target names.
    pub migrations: Vec<ShownBody>,
}

/// A revision with what it does.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "ShownRevision"))]
pub struct ShownBody {
    /// The revision.
    #[serde(flatten)]
    pub place: PlacedBody,
    /// What applying it does, in words.
    pub operations: Vec<String>,
    /// How it is undone: by its own `down`, by the reverse of what it does, by what is kept when it is applied, or not.
    #[cfg_attr(test, schemars(extend("enum" = super::schemas::WAYS_BACK)))]
    pub way_back: &'static str,
    /// The mistakes of its body, when it has some.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// A revision with its place in the graph.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "PlacedRevision"))]
pub struct PlacedBody {
    #[serde(flatten)]
    revision: RevisionBody,
    /// What directly follows it.
    children: Vec<String>,
    /// Whether nothing follows it.
    head: bool,
    /// Whether it follows nothing.
    base: bool,
    /// Whether several follow it.
    branch_point: bool,
    /// Whether it follows several.
    merge_point: bool,
    /// Whether the database is there; null when it was not asked.
    current: Option<bool>,
}

impl PlacedBody {
    /// A revision.
    pub fn of(place: &Place<'_>, places: &Places<'_>) -> Self {
        Self {
            revision: RevisionBody::placed(place, places),
            children: texts(place.children),
            head: place.is_head(),
            base: place.is_base(),
            branch_point: place.is_branch_point(),
            merge_point: place.is_merge_point(),
            current: place.current,
        }
    }

    /// Several.
    pub fn all(revisions: &[RevisionId], places: &Places<'_>) -> Vec<Self> {
        revisions.iter().map(|revision| Self::of(&places.get(revision), places)).collect()
    }
}

impl RevisionsBody {
    /// The answer of a question about the graph.
    pub fn of(revisions: &[RevisionId], places: &Places<'_>) -> Self {
        Self {
            migrations: PlacedBody::all(revisions, places),
            database: places.status.map(|status| DatabaseText::of(&status.database)),
            missing: places.status.map(|status| missing(&status.comparison)),
        }
    }
}

impl CurrentBody {
    /// Where a database is.
    pub fn of(status: &Status, places: &Places<'_>) -> Self {
        let comparison = &status.comparison;
        let names = |states: Vec<&RevisionState>| -> Vec<String> {
            states.iter().map(|state| state.revision.to_string()).collect()
        };
        Self {
            migrations: PlacedBody::all(comparison.current(), places),
            at_head: comparison.is_up_to_date(),
            pending: names(comparison.pending().collect()),
            late: names(comparison.late().collect()),
            failed: names(comparison.failed().collect()),
            missing: missing(comparison),
            database: DatabaseText::of(&status.database),
        }
    }
}

fn missing(comparison: &Comparison) -> Vec<String> {
    comparison.missing().map(|state| state.revision.to_string()).collect()
}
