//! The documents of the commands that read the graph: arrays of the revision object of `db status`, with its place.

use arvel_migrate::{DatabaseIdentity, Status, history::Comparison, migration::RevisionId};
use serde::Serialize;

use super::{Place, Places};
use crate::output::json::RevisionBody;

/// `db heads`, `db branches` and `db history`.
#[derive(Debug, Serialize)]
pub struct RevisionsBody {
    /// The revisions, in the order of the question.
    pub migrations: Vec<PlacedBody>,
    /// Which database was asked; nothing when none was.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database: Option<DatabaseIdentity>,
    /// Applied revisions that no file has; nothing when no database was asked.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<Vec<String>>,
}

/// `db current`.
#[derive(Debug, Serialize)]
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
    pub database: DatabaseIdentity,
}

/// `db show`.
#[derive(Debug, Serialize)]
pub struct ShowBody {
    /// The revisions that the target names.
    pub migrations: Vec<ShownBody>,
}

/// A revision with what it does.
#[derive(Debug, Serialize)]
pub struct ShownBody {
    /// The revision.
    #[serde(flatten)]
    pub place: PlacedBody,
    /// What applying it does, in words.
    pub operations: Vec<String>,
    /// `written`, `derived`, `kept` or `none`.
    pub way_back: &'static str,
    /// The mistakes of its body, when it has some.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
}

/// A revision with its place in the graph.
#[derive(Debug, Serialize)]
pub struct PlacedBody {
    #[serde(flatten)]
    revision: RevisionBody,
    children: Vec<String>,
    head: bool,
    base: bool,
    branch_point: bool,
    merge_point: bool,
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
            database: places.status.map(|status| status.database.clone()),
            missing: places.status.map(|status| missing(&status.comparison)),
        }
    }
}

impl CurrentBody {
    /// Where a database is.
    pub fn of(status: &Status, places: &Places<'_>) -> Self {
        let comparison = &status.comparison;
        let names = |states: Vec<&arvel_migrate::history::RevisionState>| -> Vec<String> {
            states.iter().map(|state| state.revision.to_string()).collect()
        };
        Self {
            migrations: PlacedBody::all(comparison.current(), places),
            at_head: comparison.is_up_to_date(),
            pending: names(comparison.pending().collect()),
            late: names(comparison.late().collect()),
            failed: names(comparison.failed().collect()),
            missing: missing(comparison),
            database: status.database.clone(),
        }
    }
}

fn missing(comparison: &Comparison) -> Vec<String> {
    comparison.missing().map(|state| state.revision.to_string()).collect()
}

fn texts(revisions: &[RevisionId]) -> Vec<String> {
    revisions.iter().map(ToString::to_string).collect()
}
