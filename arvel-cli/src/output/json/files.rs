//! The documents of the commands that write and open files.

use std::path::PathBuf;

use arvel_migrate::project::{MadeFile, OwnTemplate, TEMPLATES, TemplateFile, TemplateState};
#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;

use crate::output::human::word;

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
    pub fn of(file: &MadeFile) -> Self {
        let header = &file.header;
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

/// `make package`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct PackageBody {
    /// The crate.
    pub name: String,
    /// Its table.
    pub table: String,
    /// The struct that reads the rows.
    pub model: String,
    /// The identity of its migration: `package/stub`.
    pub origin: String,
    /// The folder, as it was named.
    pub folder: PathBuf,
    /// New files, in that folder.
    pub created: Vec<PathBuf>,
    /// Whether nothing was done.
    pub dry_run: bool,
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

/// `db publish --stubs`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct StubsBody {
    /// One for each built-in template.
    pub templates: Vec<TemplateFileBody>,
    /// The folder.
    pub folder: PathBuf,
    /// New files.
    pub created: Vec<String>,
    /// Overwritten files, each with the name of its backup.
    pub overwritten: Vec<(String, String)>,
    /// Whether nothing was done.
    pub dry_run: bool,
}

/// A built-in template as a file of the project.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "TemplateFile"))]
pub struct TemplateFileBody {
    /// Its name.
    name: &'static str,
    /// Its file, in the folder.
    file: String,
    /// How it and the folder stand to each other.
    #[cfg_attr(test, schemars(extend("enum" = super::schemas::TEMPLATE_STATES)))]
    state: &'static str,
    /// Whether it is written.
    written: bool,
}

impl TemplateFileBody {
    /// Of what was decided.
    pub fn of(file: &TemplateFile) -> Self {
        let state = template_state(file.state);
        Self { name: file.name, file: file.file.clone(), state, written: file.written }
    }
}

/// The word for it.
pub fn template_state(state: TemplateState) -> &'static str {
    match state {
        TemplateState::New => "new",
        TemplateState::Identical => "identical",
        TemplateState::Edited => "edited",
    }
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
    name: String,
    /// What it is for.
    used_for: String,
    /// A command that uses it.
    command: String,
    /// The project's own file of this name; null when the built-in one counts.
    path: Option<PathBuf>,
}

impl TemplatesBody {
    /// The built-in ones, each the project's own where it has one, and then the project's others.
    pub fn of(own: &[OwnTemplate]) -> Self {
        let built_in = TEMPLATES.iter().map(|of| TemplateBody {
            name: of.name.to_owned(),
            used_for: of.used_for.to_owned(),
            command: of.command.to_owned(),
            path: own
                .iter()
                .find(|own| own.name == of.name && own.kind == of.kind())
                .map(|own| own.path.clone()),
        });
        let replaces =
            |own: &OwnTemplate| TEMPLATES.iter().any(|of| own.name == of.name && own.kind == of.kind());
        let others = own.iter().filter(|own| !replaces(own)).map(|own| TemplateBody {
            name: own.name.clone(),
            used_for: "what the project wants".to_owned(),
            command: format!("make migration tidy_up --template {}", word(&own.name)),
            path: Some(own.path.clone()),
        });
        Self { templates: built_in.chain(others).collect() }
    }

    /// The rows of a table: name, origin, use, example.
    pub fn rows(&self) -> Vec<[String; 4]> {
        let origin = |of: &TemplateBody| match &of.path {
            Some(path) => path.display().to_string(),
            None => "built in".to_owned(),
        };
        self.templates
            .iter()
            .map(|of| [of.name.clone(), origin(of), of.used_for.clone(), of.command.clone()])
            .collect()
    }
}
