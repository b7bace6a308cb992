//! The documents of the commands that write and open files.

use std::path::PathBuf;

use arvel_migrate::project::{FileHeader, MadeFile, Template};
#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;

/// `make …`, and what of `db …` writes a migration or removes one.
#[derive(Debug, Default, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct MakeBody {
    /// New files, from the root of the project.
    pub created: Vec<PathBuf>,
    /// Files that a `mod.rs` lists now and did not before.
    pub listed: Vec<PathBuf>,
    /// Files that a `mod.rs` no longer lists.
    pub unlisted: Vec<PathBuf>,
    /// Files that are listed by hand and are not there.
    pub missing: Vec<PathBuf>,
    /// Files that are gone.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub removed: Vec<PathBuf>,
    /// The new migration in the graph.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub place: Option<PlaceBody>,
    /// Whether nothing was done.
    pub dry_run: bool,
}

/// Where a new migration goes.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Place"))]
pub struct PlaceBody {
    /// Its id.
    revision: String,
    /// What it follows; null when it says nothing, and follows every earlier one of its line.
    parents: Option<Vec<String>>,
    /// What it needs beside that.
    depends_on: Vec<String>,
    /// Its labels.
    labels: Vec<String>,
}

impl PlaceBody {
    /// Of a file and its header.
    pub fn of(file: &MadeFile, header: &FileHeader) -> Self {
        Self {
            revision: header.revision.clone().unwrap_or_else(|| file.stem.clone()),
            parents: header.parents.clone(),
            depends_on: header.depends_on.clone(),
            labels: header.labels.clone(),
        }
    }
}

/// `db edit`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct EditBody {
    /// The files that were opened.
    pub edited: Vec<PathBuf>,
}

/// `db init`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct InitBody {
    /// New files.
    pub created: Vec<PathBuf>,
    /// Files that were there.
    pub kept: Vec<PathBuf>,
    /// Whether a `build.rs` that was there lacks the guard.
    pub unguarded: bool,
    /// Whether nothing was done.
    pub dry_run: bool,
}

/// `db list-templates`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct TemplatesBody {
    /// All of them.
    templates: Vec<TemplateBody>,
}

/// What new files look like.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Template"))]
struct TemplateBody {
    /// Its name.
    name: &'static str,
    /// What it is for.
    used_for: &'static str,
    /// A command that uses it.
    command: &'static str,
}

impl TemplatesBody {
    /// Of templates.
    pub fn of(templates: &[Template]) -> Self {
        let body = |of: &Template| TemplateBody { name: of.name, used_for: of.used_for, command: of.command };
        Self { templates: templates.iter().map(body).collect() }
    }
}
