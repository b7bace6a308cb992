//! What we say, through the public functions of the engine: pure, in memory.

use std::sync::Arc;

use arvel_migrate::{
    graph::{Graph, Range, Target},
    history::{Comparison, HistoryRow, compare},
    migration::{Checksum, RevisionId},
    plan,
};

use super::{
    case::{Answer, Case, Question},
    drawing::Drawing,
};

/// The graph of a drawing, or why it is none.
pub(super) fn graph(drawing: &Drawing) -> Result<Graph, String> {
    Graph::build(drawing.migrations().into_iter().map(Arc::new).collect())
        .map_err(|error| format!("{}: {error}", error.code()))
}

fn rows(graph: &Graph, applied: &[String]) -> Vec<HistoryRow> {
    let one = |(at, name): (usize, &String)| {
        let migration = graph.iter().find(|migration| migration.revision.as_str() == name)?;
        Some(HistoryRow {
            revision: migration.revision.clone(),
            seq: i64::try_from(at).ok()? + 1,
            batch: Some(1),
            line: migration.line.to_string(),
            origin: None,
            checksum: Checksum::of(migration),
            applied_at: String::new(),
            duration_ms: 0,
            stamped: false,
            tool_version: String::new(),
            undo: None,
        })
    };
    applied.iter().enumerate().filter_map(one).collect()
}

fn names<'a>(revisions: impl IntoIterator<Item = &'a RevisionId>) -> Vec<String> {
    revisions.into_iter().map(ToString::to_string).collect()
}

fn sorted<'a>(revisions: impl IntoIterator<Item = &'a RevisionId>) -> Vec<String> {
    let mut names = names(revisions);
    names.sort();
    names
}

/// We, before a graph and a history.
pub(super) struct Us {
    graph: Graph,
    comparison: Comparison,
}

impl Us {
    /// Reads a case, unless its graph is none.
    pub(super) fn of(case: &Case) -> Result<Self, String> {
        let graph = graph(&case.drawing)?;
        let comparison = compare(&graph, &rows(&graph, &case.applied), &Checksum::of);
        Ok(Self { graph, comparison })
    }

    /// Our answer.
    pub(super) fn answer(&self, case: &Case, question: &Question) -> Answer {
        said(&self.graph, &self.comparison, case, question).unwrap_or_else(Answer::Refused)
    }
}

fn said(graph: &Graph, comparison: &Comparison, case: &Case, question: &Question) -> Result<Answer, String> {
    let applied = comparison.applied();
    let id = |name: &str| RevisionId::new(name).map_err(|error| error.to_string());
    Ok(match question {
        Question::Shape => Answer::Names(shape(graph)),
        Question::Ancestors(name) => Answer::Names(sorted(&graph.ancestors([&id(name)?]))),
        Question::Find(text) => {
            let found = target(text)?.revisions(graph, applied);
            Answer::Names(sorted(&found.map_err(|error| refused(error.code(), &error))?))
        }
        Question::Up(aim) => {
            let target = target(&aim.to_string())?.for_upgrade(graph, applied);
            let target = target.map_err(|error| refused(error.code(), &error))?;
            let plan = plan::upgrade(graph, comparison, &target, "sqlite");
            steps(case, &plan.map_err(|error| refused(error.code(), &error))?, true)
        }
        Question::Down(aim) => {
            let target = target(&aim.to_string())?.for_downgrade(graph, applied);
            let target = target.map_err(|error| refused(error.code(), &error))?;
            let plan = plan::downgrade(graph, comparison, &target, "sqlite");
            steps(case, &plan.map_err(|error| refused(error.code(), &error))?, false)
        }
        Question::Stamp(name) => {
            let target = target(name)?.for_stamp(graph, applied);
            let target = target.map_err(|error| refused(error.code(), &error))?;
            let plan = plan::stamp(graph, comparison, &target, false);
            let plan = plan.map_err(|error| refused(error.code(), &error))?;
            let mut after = case.applied.clone();
            after.retain(|name| !plan.remove.iter().any(|gone| gone.as_str() == name));
            after.extend(names(&plan.add));
            after.sort();
            Answer::Steps { steps: Vec::new(), after }
        }
        Question::Between(from, to) => {
            let range =
                Range::parse(&format!("{from}:{to}")).map_err(|error| refused(error.code(), &error))?;
            let range = range.resolve(graph, applied).map_err(|error| refused(error.code(), &error))?;
            Answer::Names(sorted(&range.revisions))
        }
        Question::AtHead => match comparison.open().next() {
            None => Answer::Names(vec!["at head".to_owned()]),
            Some(open) => Answer::Refused(format!("{} is {}", open.revision, open.state)),
        },
    })
}

fn shape(graph: &Graph) -> Vec<String> {
    let list = |word: &str, revisions: Vec<RevisionId>| format!("{word}={}", sorted(&revisions).join(","));
    vec![
        list("heads", graph.heads()),
        list("bases", graph.bases()),
        list("branch_points", graph.branch_points()),
        list("merge_points", graph.merge_points()),
    ]
}

fn target(text: &str) -> Result<Target, String> {
    Target::parse(text).map_err(|error| refused(error.code(), &error))
}

fn refused(code: &str, error: &dyn std::error::Error) -> String {
    format!("{code}: {error}")
}

fn steps(case: &Case, plan: &plan::Plan, up: bool) -> Answer {
    let steps = names(plan.revisions());
    let mut after = case.applied.clone();
    match up {
        true => after.extend(steps.iter().cloned()),
        false => after.retain(|name| !steps.contains(name)),
    }
    after.sort();
    Answer::Steps { steps, after }
}
