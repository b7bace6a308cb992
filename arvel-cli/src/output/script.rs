//! The document of a script.

use arvel_migrate::Script;
use serde::Serialize;

use super::json::texts;

/// A script.
#[derive(Debug, Serialize)]
pub struct ScriptBody<'a> {
    server: &'a str,
    run_with: &'a str,
    from: Vec<String>,
    steps: Vec<ScriptStepBody<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    removed: Vec<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    added: Vec<String>,
    notes: &'a [String],
    /// In order, with those of the bookkeeping.
    statements: Vec<&'a str>,
    /// The same as one text, for the client.
    script: &'a str,
}

#[derive(Debug, Serialize)]
struct ScriptStepBody<'a> {
    revision: String,
    direction: &'static str,
    statements: &'a [String],
}

impl<'a> ScriptBody<'a> {
    /// The body.
    pub fn of(script: &'a Script) -> Self {
        let steps = script.steps.iter().map(|step| ScriptStepBody {
            revision: step.revision.to_string(),
            direction: step.direction.as_str(),
            statements: &step.statements,
        });
        Self {
            server: &script.server,
            run_with: script.run_with,
            from: texts(&script.from),
            steps: steps.collect(),
            removed: texts(&script.removed),
            added: texts(&script.added),
            notes: &script.notes,
            statements: script.statements().collect(),
            script: &script.text,
        }
    }
}
