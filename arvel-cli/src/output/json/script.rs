//! The document of a script.

use std::path::PathBuf;

use arvel_migrate::Script;
#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;

use super::texts;

/// A script: `--sql`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct ScriptBody<'a> {
    /// The server that it is for, with its version.
    server: &'a str,
    /// The client that reads it.
    run_with: &'a str,
    /// The file that it was written to.
    #[serde(skip_serializing_if = "Option::is_none")]
    path: Option<PathBuf>,
    /// The heads of what must be applied where it runs.
    from: Vec<String>,
    /// The migrations in their order.
    steps: Vec<ScriptStepBody<'a>>,
    /// Revisions whose rows it removes, and nothing else; of `db stamp`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    removed: Vec<String>,
    /// Revisions whose rows it writes, and nothing else; of `db stamp`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    added: Vec<String>,
    /// Every row of the history goes first, whatever it is; of `db stamp --purge`.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    purges: bool,
    /// What a person should know of it.
    notes: &'a [String],
    /// All statements in order, with those of the bookkeeping.
    statements: Vec<&'a str>,
    /// The same as one text, for the client.
    script: &'a str,
}

/// One migration of a script.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "ScriptStep"))]
struct ScriptStepBody<'a> {
    /// The migration.
    revision: String,
    /// Its way.
    #[cfg_attr(test, schemars(extend("enum" = super::schemas::DIRECTIONS)))]
    direction: &'static str,
    /// Its statements, without those of the bookkeeping.
    statements: &'a [String],
}

impl<'a> ScriptBody<'a> {
    /// The body.
    pub fn of(script: &'a Script, path: Option<PathBuf>) -> Self {
        let steps = script.steps.iter().map(|step| ScriptStepBody {
            revision: step.revision.to_string(),
            direction: step.direction.as_str(),
            statements: &step.statements,
        });
        Self {
            server: &script.server,
            run_with: script.run_with,
            path,
            from: texts(&script.from),
            steps: steps.collect(),
            removed: texts(&script.removed),
            added: texts(&script.added),
            purges: script.purges,
            notes: &script.notes,
            statements: script.statements().collect(),
            script: &script.text,
        }
    }
}
