//! The documents of `--json`: an interface, so their fields are only ever added to.
//!
//! They are structs of their own and not the engine's values: the engine may change its types, these may not.

use std::path::{Path, PathBuf};

use arvel_migrate::{
    DatabaseIdentity, Status,
    exec::{AfterFailure, Failure, RunReport},
    graph::Graph,
    history::RevisionState,
    migration::Checksum,
    publish::Decision,
};
use serde::Serialize;

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
        let failure = error.failure.as_deref().map(FailureBody::of);
        let steps = error.report.as_deref().map(RunBody::of);
        let body = ErrorText {
            code: &error.code,
            message: &error.message,
            hint: error.hint.as_deref(),
            exit: error.exit.0,
            failure,
        };
        Self::new(command, ErrorBody { error: body, run: steps })
    }
}

/// What stopped a command.
#[derive(Debug, Serialize)]
pub struct ErrorBody<'a> {
    error: ErrorText<'a>,
    #[serde(flatten)]
    run: Option<RunBody>,
}

#[derive(Debug, Serialize)]
struct ErrorText<'a> {
    code: &'a str,
    message: &'a str,
    hint: Option<&'a str>,
    exit: u8,
    #[serde(skip_serializing_if = "Option::is_none")]
    failure: Option<FailureBody>,
}

/// A failed step.
#[derive(Debug, Serialize)]
struct FailureBody {
    revision: String,
    direction: &'static str,
    path: Option<PathBuf>,
    line: Option<usize>,
    code: Option<String>,
    statement: String,
    database_code: Option<String>,
    database_message: String,
    position: Option<usize>,
    rolled_back: bool,
    committed: Vec<String>,
    done: Vec<String>,
    left: Vec<String>,
}

impl FailureBody {
    fn of(failure: &Failure) -> Self {
        let (rolled_back, committed) = match &failure.after {
            AfterFailure::RolledBack => (true, Vec::new()),
            AfterFailure::Committed { statements } => (false, statements.clone()),
        };
        Self {
            revision: failure.revision.to_string(),
            direction: failure.direction.as_str(),
            path: failure.path.clone(),
            line: failure.line,
            code: failure.code.clone(),
            statement: failure.statement.clone(),
            database_code: failure.error.code.clone(),
            database_message: failure.error.message.clone(),
            position: failure.error.position,
            rolled_back,
            committed,
            done: texts(&failure.done),
            left: texts(&failure.left),
        }
    }
}

/// What a run did, or would do.
#[derive(Debug, Serialize)]
pub struct RunBody {
    steps: Vec<StepBody>,
    batch: Option<i64>,
    dry_run: bool,
}

#[derive(Debug, Serialize)]
struct StepBody {
    revision: String,
    direction: &'static str,
    state: &'static str,
    late: bool,
    statements: Vec<String>,
    duration_ms: u64,
}

impl RunBody {
    /// One run.
    pub fn of(report: &RunReport) -> Self {
        Self::of_all(&[report])
    }

    /// Several runs of one command, one after the other.
    pub fn of_all(reports: &[&RunReport]) -> Self {
        let steps = reports.iter().flat_map(|report| &report.steps).map(|step| StepBody {
            revision: step.revision.to_string(),
            direction: step.direction.as_str(),
            state: super::human::step_state(step.state),
            late: step.late,
            statements: step.statements.clone(),
            duration_ms: step.duration_ms,
        });
        Self {
            steps: steps.collect(),
            batch: reports.iter().rev().find_map(|report| report.batch),
            dry_run: reports.iter().any(|report| report.dry_run),
        }
    }
}

/// A run that came with something else.
#[derive(Debug, Serialize)]
pub struct RunAnd {
    /// The run.
    #[serde(flatten)]
    pub run: RunBody,
    /// The statements that dropped everything first.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dropped: Option<Vec<String>>,
    /// The seeders that ran afterwards.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seeders: Option<Vec<String>>,
}

/// `db wipe`.
#[derive(Debug, Serialize)]
pub struct WipeBody {
    /// The statements.
    pub dropped: Vec<String>,
    /// Whether nothing was done.
    pub dry_run: bool,
}

/// `db seed`.
#[derive(Debug, Serialize)]
pub struct SeedBody {
    /// The seeders in their order.
    pub seeders: Vec<String>,
    /// Whether nothing was done.
    pub dry_run: bool,
}

/// `db create` and `db drop`.
#[derive(Debug, Serialize)]
pub struct DatabaseBody {
    /// Which database.
    pub database: DatabaseIdentity,
    /// Whether anything was changed.
    pub changed: bool,
    /// Whether nothing was to be done.
    pub dry_run: bool,
}

/// `db status`.
#[derive(Debug, Serialize)]
pub struct StatusBody {
    /// Every revision that was asked for.
    pub migrations: Vec<RevisionBody>,
    /// The heads of the graph.
    pub heads: Vec<String>,
    /// The heads of what is applied.
    pub current: Vec<String>,
    /// How many are pending.
    pub pending: usize,
    /// Which database.
    pub database: DatabaseIdentity,
}

/// One revision, everywhere.
#[derive(Debug, Serialize)]
pub struct RevisionBody {
    revision: String,
    slug: Option<String>,
    description: Option<String>,
    line: String,
    state: &'static str,
    batch: Option<i64>,
    applied_at: Option<String>,
    duration_ms: Option<i64>,
    checksum: Option<String>,
    origin: Option<String>,
    parents: Vec<String>,
    depends_on: Vec<String>,
    labels: Vec<String>,
    path: Option<PathBuf>,
}

impl RevisionBody {
    /// A revision with its state; paths below `root` are shown relative to it.
    pub fn of(state: &RevisionState, graph: &Graph, root: &Path) -> Self {
        let (row, migration) = (state.row.as_ref(), state.migration.as_deref());
        let checksum = row
            .map(|row| row.checksum.to_string())
            .or_else(|| migration.map(|migration| Checksum::of(migration).to_string()));
        let line = match (migration, row) {
            (Some(migration), _) => migration.line.to_string(),
            (None, row) => row.map(|row| row.line.clone()).unwrap_or_default(),
        };
        let origin = migration.and_then(|migration| migration.origin.as_ref()).map(ToString::to_string);
        let path = migration.and_then(|migration| migration.path.as_deref());
        Self {
            revision: state.revision.to_string(),
            slug: migration.map(|migration| migration.slug().to_owned()),
            description: migration.and_then(|migration| migration.description.clone()),
            line,
            state: state.state.as_str(),
            batch: row.and_then(|row| row.batch),
            applied_at: row.map(|row| row.applied_at.clone()),
            duration_ms: row.map(|row| row.duration_ms),
            checksum,
            origin: origin.or_else(|| row.and_then(|row| row.origin.clone())),
            parents: texts(graph.parents(&state.revision)),
            depends_on: texts(graph.dependencies(&state.revision)),
            labels: migration.map(|migration| texts(&migration.labels)).unwrap_or_default(),
            path: path.map(|path| path.strip_prefix(root).unwrap_or(path).to_path_buf()),
        }
    }
}

impl StatusBody {
    /// The whole status, or only what is pending.
    pub fn of(status: &Status, graph: &Graph, root: &Path, only_pending: bool) -> Self {
        let comparison = &status.comparison;
        let shown: Vec<&RevisionState> =
            if only_pending { comparison.pending().collect() } else { comparison.states().iter().collect() };
        Self {
            migrations: shown.into_iter().map(|state| RevisionBody::of(state, graph, root)).collect(),
            heads: texts(&graph.heads()),
            current: texts(comparison.current()),
            pending: comparison.pending().count(),
            database: status.database.clone(),
        }
    }
}

/// `db publish`.
#[derive(Debug, Serialize)]
pub struct PublishBody<'a> {
    /// One for each stub that was asked for.
    pub decisions: &'a [Decision],
    /// What is needed, was not asked for and is not there.
    pub also_needed: Vec<String>,
    /// The folder.
    pub folder: PathBuf,
    /// New files.
    pub created: Vec<String>,
    /// Overwritten files, each with its backup.
    pub overwritten: Vec<(String, String)>,
    /// Whether nothing was done.
    pub dry_run: bool,
}

/// `make …`.
#[derive(Debug, Default, Serialize)]
pub struct MakeBody {
    /// New files, relative to the root.
    pub created: Vec<PathBuf>,
    /// Files that a `mod.rs` lists now and did not before.
    pub listed: Vec<PathBuf>,
    /// Files that a `mod.rs` no longer lists.
    pub unlisted: Vec<PathBuf>,
    /// Files that are listed by hand and are not there.
    pub missing: Vec<PathBuf>,
    /// Whether nothing was done.
    pub dry_run: bool,
}

fn texts<T: ToString>(items: &[T]) -> Vec<String> {
    items.iter().map(ToString::to_string).collect()
}
