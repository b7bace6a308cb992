//! The documents of `--json`: an interface, so their fields are only ever added to. One file for each family.
//!
//! They are structs of their own and not the engine's values: the engine may change its types, these may not. Their
//! JSON Schemas are made of them and published in the book; a test compares the two, so that no shape changes unseen.

mod database;
mod error;
mod files;
mod graph;
mod history;
mod inspect;
mod packages;
mod publish;
mod revision;
mod run;
#[cfg(test)]
mod schemas;
mod script;
mod several;
mod unpublish;

use serde::Serialize;

pub use self::{
    database::{DatabaseBody, DoctorBody},
    error::ErrorBody,
    files::{
        EditBody, InitBody, MakeBody, PackageBody, PlaceBody, StubsBody, TemplateFileBody, TemplatesBody,
        template_state,
    },
    graph::{CurrentBody, PlacedBody, RevisionsBody, ShowBody, ShownBody},
    history::{ClearBody, InstallBody, StampBody},
    inspect::InspectBody,
    packages::PackageStateBody,
    publish::{DecisionBody, PublishBody},
    revision::StatusBody,
    run::{RunAnd, RunBody, SeedBody, WipeBody},
    script::ScriptBody,
    several::{AnswerBody, SeveralBody},
    unpublish::{RemovalBody, UnpublishBody},
};
use crate::error::CommandError;

/// The version of the shapes.
pub const FORMAT: u32 = 1;

/// One document: `{"format": 1, "command": …, …}`.
#[derive(Debug, Serialize)]
pub struct Document<'a, T: Serialize> {
    format: u32,
    command: &'a str,
    #[serde(flatten)]
    body: T,
}

impl<'a, T: Serialize> Document<'a, T> {
    /// The document of a command.
    pub fn new(command: &'a str, body: T) -> Self {
        Self { format: FORMAT, command, body }
    }
}

impl<'a> Document<'a, ErrorBody<'a>> {
    /// The document of a command that was stopped.
    pub fn error(command: &'a str, error: &'a CommandError) -> Self {
        Self::new(command, ErrorBody::of(error))
    }
}

fn texts<T: ToString>(items: &[T]) -> Vec<String> {
    items.iter().map(ToString::to_string).collect()
}
