//! The documents of `--json`: an interface, so their fields are only ever added to.
//!
//! They are structs of their own and not the engine's values: the engine may change its types, these may not.

use std::path::{Path, PathBuf};

use arvel_migrate::{
    DatabaseIdentity, StampReport, Status,
    checkup::Finding,
    dialect::SplitError,
    exec::{AfterFailure, Failure, RunReport},
    graph::Graph,
    history::RevisionState,
    migration::{Checksum, Migration, RevisionId},
    project::{FileHeader, MadeFile, Template},
    publish::Decision,
};
use serde::Serialize;

use super::revisions::{Place, Places};
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
            sql: error.split.as_deref().map(|split| SqlBody::of(error.file.as_deref(), split)),
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
    #[serde(skip_serializing_if = "Option::is_none")]
    sql: Option<SqlBody>,
}

/// SQL that can not be split.
#[derive(Debug, Serialize)]
struct SqlBody {
    path: Option<PathBuf>,
    line: usize,
    column: usize,
    /// Whether the line is one of the file; else of the text in it.
    line_of_file: bool,
    notes: Vec<NoteBody>,
}

#[derive(Debug, Serialize)]
struct NoteBody {
    line: usize,
    text: String,
}

impl SqlBody {
    fn of(path: Option<&Path>, error: &SplitError) -> Self {
        let notes = error.notes.iter().map(|note| NoteBody { line: note.line, text: note.text.clone() });
        Self {
            path: path.map(Path::to_owned),
            line: error.line,
            column: error.column,
            line_of_file: error.lines_of_file,
            notes: notes.collect(),
        }
    }
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
    leftover: Option<LeftoverBody>,
    done: Vec<String>,
    left: Vec<String>,
}

/// What a failed statement outside a transaction left.
#[derive(Debug, Serialize)]
struct LeftoverBody {
    what: String,
    removed: bool,
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
            leftover: failure
                .leftover
                .as_ref()
                .map(|leftover| LeftoverBody { what: leftover.what.clone(), removed: leftover.removed }),
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
    #[serde(skip_serializing_if = "Option::is_none")]
    irreversible: Option<String>,
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
            irreversible: step.irreversible.clone(),
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

/// `db stamp` and `db clear --history`.
#[derive(Debug, Serialize)]
pub struct StampBody {
    removed: Vec<String>,
    added: Vec<String>,
    settled: Vec<String>,
    dry_run: bool,
}

impl StampBody {
    /// Which rows were written and removed.
    pub fn of(report: &StampReport) -> Self {
        Self {
            removed: texts(&report.removed),
            added: texts(&report.added),
            settled: texts(&report.settled),
            dry_run: report.dry_run,
        }
    }
}

/// `db clear`.
#[derive(Debug, Serialize)]
pub struct ClearBody {
    /// The rows.
    #[serde(flatten)]
    pub history: Option<StampBody>,
    /// The files that are gone, or would be.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub files: Option<Vec<PathBuf>>,
    /// Whether nothing was done; beside rows it is theirs.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub dry_run: Option<bool>,
}

/// `db edit`.
#[derive(Debug, Serialize)]
pub struct EditBody {
    /// The files.
    pub edited: Vec<PathBuf>,
}

/// `db list-templates`.
#[derive(Debug, Serialize)]
pub struct TemplatesBody {
    /// All of them.
    pub templates: &'static [Template],
}

/// `db init`.
#[derive(Debug, Serialize)]
pub struct InitBody {
    /// New files.
    pub created: Vec<PathBuf>,
    /// Files that were there.
    pub kept: Vec<PathBuf>,
    /// Whether a kept `build.rs` lacks the guard.
    pub unguarded: bool,
    /// Whether nothing was done.
    pub dry_run: bool,
}

/// `db ensure-version`.
#[derive(Debug, Serialize)]
pub struct InstallBody<'a> {
    /// The tables.
    pub tables: &'a [String],
    /// Whether any was made, or would be.
    pub changed: bool,
    /// The statements of a dry run.
    pub statements: &'a [String],
    /// Whether nothing was done.
    pub dry_run: bool,
}

/// `db doctor`.
#[derive(Debug, Serialize)]
pub struct DoctorBody<'a> {
    /// What was found: `check`, `level` (`ok`, `warn`, `fail`), `text`, `hint`.
    pub checks: &'a [Finding],
    /// How many failed.
    pub failed: usize,
    /// How many are worth a look.
    pub warned: usize,
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
    state: Option<&'static str>,
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
        Self::build(&state.revision, Some(state), state.migration.as_deref(), graph, root)
    }

    /// A revision of the graph; its state is null when the database was not asked.
    pub fn placed(place: &Place<'_>, places: &Places<'_>) -> Self {
        Self::build(place.revision, place.state, place.migration, places.graph, places.root)
    }

    fn build(
        revision: &RevisionId,
        state: Option<&RevisionState>,
        migration: Option<&Migration>,
        graph: &Graph,
        root: &Path,
    ) -> Self {
        let row = state.and_then(|state| state.row.as_ref());
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
            revision: revision.to_string(),
            slug: migration.map(|migration| migration.slug().to_owned()),
            description: migration.and_then(|migration| migration.description.clone()),
            line,
            state: state.map(|state| state.state.as_str()),
            batch: row.and_then(|row| row.batch),
            applied_at: row.map(|row| row.applied_at.clone()),
            duration_ms: row.map(|row| row.duration_ms),
            checksum,
            origin: origin.or_else(|| row.and_then(|row| row.origin.clone())),
            parents: texts(graph.parents(revision)),
            depends_on: texts(graph.dependencies(revision)),
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
pub struct PlaceBody {
    revision: String,
    /// What it follows; null when it says nothing, and follows every earlier one of its line.
    parents: Option<Vec<String>>,
    depends_on: Vec<String>,
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

pub(super) fn texts<T: ToString>(items: &[T]) -> Vec<String> {
    items.iter().map(ToString::to_string).collect()
}
