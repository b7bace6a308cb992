//! What publishing decided: one value per stub, which the command line shows and the writer obeys.

use serde::{Serialize, Serializer};

use super::ThreeWay;
use crate::migration::Origin;

/// How a stub and the folder stand to each other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PublishState {
    /// No file has that origin.
    New,
    /// The file is what the package ships.
    Identical,
    /// You changed it, upstream did not.
    Edited,
    /// Upstream changed it, you did not.
    Outdated,
    /// Both changed it.
    Diverged,
    /// An unrelated file has that slug, or creates the same table.
    NameTaken,
    /// Several files carry one origin.
    Duplicate,
    /// The file has an older text, and the follow-ups that bring it to the new shape are published.
    Followed,
    /// A follow-up whose stub is published in the new shape, or not at all.
    NotNeeded,
    /// No file has that origin, and the package runs in place.
    InPlace,
}

/// What is done about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum PublishAction {
    /// Nothing is to be done.
    Nothing,
    /// Writes a new file.
    Write,
    /// Overwrites the published file, after a backup.
    Overwrite,
    /// Writes your changes and the package's into the published file, after a backup.
    Merge,
    /// Leaves the file as it is; the reason says why.
    Keep,
    /// A person must decide; the reason says what.
    Conflict,
}

/// What happens to one stub.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Decision {
    /// Package and stub.
    #[serde(serialize_with = "as_text")]
    pub origin: Origin,
    /// The package's version.
    pub version: String,
    /// How things stand.
    pub state: PublishState,
    /// What is done.
    pub action: PublishAction,
    /// The file that is written, or the one that is there.
    pub file: Option<String>,
    /// The other files that are in the way.
    pub others: Vec<String>,
    /// Whether the file is applied somewhere; `None` when not every database answered.
    pub applied: Option<bool>,
    /// Why a file is kept, or what is in conflict.
    pub reason: Option<String>,
    /// The text that the package would have there; with [`PublishAction::Merge`] the merged one.
    #[serde(skip)]
    pub text: String,
    /// The text that is there now.
    #[serde(skip)]
    pub current: Option<String>,
    /// What both changed, where the text that the file was made from is known.
    #[serde(skip)]
    pub three_way: Option<ThreeWay>,
}

impl Decision {
    /// Whether a file is written.
    #[must_use]
    pub fn writes(&self) -> bool {
        matches!(self.action, PublishAction::Write | PublishAction::Overwrite | PublishAction::Merge)
    }
}

/// Every decision, in the order of publication.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct PublishPlan {
    /// One for each stub that was asked for or comes along.
    pub decisions: Vec<Decision>,
    /// Stubs that others need, that nobody asked for, and that no file carries. They come along, unless that is declined.
    #[serde(serialize_with = "as_texts")]
    pub also_needed: Vec<Origin>,
    /// The files that the plan was made from: writing refuses when the folder has others by then.
    #[serde(skip)]
    pub seen: Vec<String>,
}

impl PublishPlan {
    /// Whether any decision is a conflict: exit code 7, after the rest is written.
    #[must_use]
    pub fn has_conflicts(&self) -> bool {
        self.decisions.iter().any(|decision| decision.action == PublishAction::Conflict)
    }

    /// Whether anything would be written.
    #[must_use]
    pub fn writes(&self) -> bool {
        self.decisions.iter().any(Decision::writes)
    }
}

fn as_text<S: Serializer>(origin: &Origin, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_str(origin)
}

fn as_texts<S: Serializer>(origins: &[Origin], serializer: S) -> Result<S::Ok, S::Error> {
    serializer.collect_seq(origins.iter().map(ToString::to_string))
}
