//! The document of `db publish`.

use std::path::PathBuf;

use arvel_migrate::publish::{Decision, Merged, PublishAction, PublishState};
#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;

use super::PackageStateBody;

/// `db publish`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct PublishBody<'a> {
    /// One for each stub that was asked for or comes along.
    pub decisions: Vec<DecisionBody<'a>>,
    /// What others need, was not asked for and was not there: `package/stub`. It comes along, unless that is declined.
    pub also_needed: Vec<String>,
    /// How the packages of these stubs stood.
    pub packages: Vec<PackageStateBody>,
    /// The databases that were asked what is applied, and did not answer.
    pub silent: Vec<String>,
    /// The folder.
    pub folder: PathBuf,
    /// New files.
    pub created: Vec<String>,
    /// Overwritten files, each with the name of its backup.
    pub overwritten: Vec<(String, String)>,
    /// Whether nothing was done.
    pub dry_run: bool,
}

/// What happens to one stub.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Decision"))]
pub struct DecisionBody<'a> {
    /// Package and stub: `package/stub`.
    origin: String,
    /// The package's version.
    version: &'a str,
    /// How the stub and the folder stand to each other.
    #[cfg_attr(test, schemars(extend("enum" = super::schemas::PUBLISH_STATES)))]
    state: &'static str,
    /// What is done.
    #[cfg_attr(test, schemars(extend("enum" = super::schemas::PUBLISH_ACTIONS)))]
    action: &'static str,
    /// The file that is written, or the one that is there.
    file: Option<&'a str>,
    /// The other files that are in the way.
    others: &'a [String],
    /// Whether the file is applied somewhere; null when no database was asked, or none answered.
    applied: Option<bool>,
    /// Why a file is kept, or what is in conflict.
    reason: Option<&'a str>,
    /// What a merge of your changes and the package's gives; null where nothing is to be merged, or the text that yours
    /// was made from is not known.
    #[cfg_attr(test, schemars(extend("enum" = super::schemas::MERGES)))]
    merge: Option<&'static str>,
}

impl<'a> DecisionBody<'a> {
    /// Of what was decided.
    pub fn of(decision: &'a Decision) -> Self {
        Self {
            origin: decision.origin.to_string(),
            version: &decision.version,
            state: state(decision.state),
            action: action(decision.action),
            file: decision.file.as_deref(),
            others: &decision.others,
            applied: decision.applied,
            reason: decision.reason.as_deref(),
            merge: decision.three_way.as_ref().map(|three_way| merge(&three_way.merged)),
        }
    }
}

fn merge(merged: &Merged) -> &'static str {
    match merged {
        Merged::Clean(_) => "clean",
        Merged::Clash(_) => "clash",
    }
}

pub(super) fn state(state: PublishState) -> &'static str {
    match state {
        PublishState::New => "new",
        PublishState::Identical => "identical",
        PublishState::Edited => "edited",
        PublishState::Outdated => "outdated",
        PublishState::Diverged => "diverged",
        PublishState::NameTaken => "name_taken",
        PublishState::Duplicate => "duplicate",
        PublishState::Followed => "followed",
        PublishState::NotNeeded => "not_needed",
        PublishState::InPlace => "in_place",
    }
}

pub(super) fn action(action: PublishAction) -> &'static str {
    match action {
        PublishAction::Nothing => "nothing",
        PublishAction::Write => "write",
        PublishAction::Overwrite => "overwrite",
        PublishAction::Merge => "merge",
        PublishAction::Keep => "keep",
        PublishAction::Conflict => "conflict",
    }
}
