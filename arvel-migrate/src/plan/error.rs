//! Why there is no plan. Nothing has run when one of these is returned.

use arvel_core::Exit;

use crate::{dsl::DslError, migration::RevisionId, operation::Irreversible, undo::UnreadableUndo};

/// A plan that can not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum PlanError {
    /// A body that records mistakes.
    #[error("revision `{revision}` in `{file}` can not be recorded: {}", joined(errors, "; "))]
    Recording {
        /// The revision.
        revision: RevisionId,
        /// Its file.
        file: String,
        /// All mistakes of the body.
        errors: Vec<DslError>,
    },
    /// A revision without a way back.
    #[error("revision `{revision}` in `{file}` has no way back: {cause}")]
    Irreversible {
        /// The revision.
        revision: RevisionId,
        /// Its file.
        file: String,
        /// The operation that can not be reversed, and why.
        #[source]
        cause: Irreversible,
    },
    /// A kept way back that this program can not read.
    #[error("revision `{revision}` in `{file}`: {cause}")]
    UnreadableUndo {
        /// The revision.
        revision: RevisionId,
        /// Its file.
        file: String,
        /// What is wrong with it.
        #[source]
        cause: UnreadableUndo,
    },
    /// `+N` with fewer left.
    #[error("{asked} {} asked for, and {left} {} pending{}", if *asked == 1 { "revision was" } else { "revisions were" }, are(*left), on(branch))]
    TooFewPending {
        /// The branch, for `label@+N`.
        branch: Option<String>,
        /// The number.
        asked: usize,
        /// How many there are.
        left: usize,
    },
    /// More steps back than are applied.
    #[error("{asked} {} to be undone, and {applied} {} applied", if *asked == 1 { "revision was" } else { "revisions were" }, are(*applied))]
    TooManySteps {
        /// The number.
        asked: usize,
        /// How many are applied.
        applied: usize,
    },
    /// Undoing what another program's migration needs.
    #[error(
        "`{skipped}` is applied, is skipped by this program's filter, and names `{revision}`, which would be undone"
    )]
    NeededBySkipped {
        /// What would be undone.
        revision: RevisionId,
        /// The skipped migration that names it.
        skipped: RevisionId,
    },
    /// `--steps 0`.
    #[error("0 steps undo nothing")]
    NoSteps,
    /// A batch that no row has.
    #[error("{}", batch.map_or_else(|| "no applied revision has a batch".to_owned(), |batch| format!("no applied revision has batch {batch}")))]
    UnknownBatch {
        /// The number; `None` when the highest was asked for.
        batch: Option<i64>,
        /// The batches that there are, highest first.
        known: Vec<i64>,
    },
    /// A revision that the program does not have.
    #[error("revision `{revision}` is not in the graph")]
    UnknownRevision {
        /// The revision.
        revision: RevisionId,
    },
    /// Targets of a stamp of which one says that a revision is applied, and another that it is not.
    #[error(
        "the targets contradict each other: one says that `{revision}` is applied, another that it is not"
    )]
    Contradiction {
        /// The first such revision.
        revision: RevisionId,
    },
    /// A revision to go back to that is not applied.
    #[error("revision `{revision}` is not applied")]
    NotApplied {
        /// The revision.
        revision: RevisionId,
    },
    /// Applied revisions without a file that are in the way: how to undo them is not known.
    #[error("{} applied, and no file has {}", listed(revisions), if revisions.len() == 1 { "it" } else { "them" })]
    Missing {
        /// The revisions, in the order of application.
        revisions: Vec<RevisionId>,
    },
    /// Applied revisions whose files have changed since.
    #[error("{} edited since being applied", listed(revisions))]
    Changed {
        /// The revisions, in graph order.
        revisions: Vec<RevisionId>,
    },
    /// Pending revisions below applied ones, where that is refused.
    #[error("{} pending below revisions that are applied", listed(revisions))]
    Late {
        /// The revisions, in graph order.
        revisions: Vec<RevisionId>,
    },
    /// Revisions that a former run began and did not finish.
    #[error("{} begun and not finished by a former run", listed(revisions))]
    Failed {
        /// The revisions, in graph order.
        revisions: Vec<RevisionId>,
    },
    /// Applied revisions that a former run began to undo: they are neither there nor gone.
    #[error("{} half undone by a former run", listed(revisions))]
    HalfUndone {
        /// The revisions, in graph order.
        revisions: Vec<RevisionId>,
    },
}

fn are(count: usize) -> &'static str {
    if count == 1 { "is" } else { "are" }
}

fn on(branch: &Option<String>) -> String {
    branch.as_ref().map(|branch| format!(" on `{branch}`")).unwrap_or_default()
}

fn joined<T: ToString>(items: &[T], by: &str) -> String {
    items.iter().map(ToString::to_string).collect::<Vec<_>>().join(by)
}

/// `revision `a` is`, or `revisions `a`, `b` are`.
fn listed(revisions: &[RevisionId]) -> String {
    let names: Vec<String> = revisions.iter().map(|revision| format!("`{revision}`")).collect();
    let noun = if revisions.len() == 1 { "revision" } else { "revisions" };
    format!("{noun} {} {}", names.join(", "), are(revisions.len()))
}

impl PlanError {
    /// A stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            PlanError::Recording { .. } => "plan.recording",
            PlanError::Irreversible { .. } => "plan.irreversible",
            PlanError::UnreadableUndo { .. } => "plan.unreadable_undo",
            PlanError::TooFewPending { .. } => "plan.too_few_pending",
            PlanError::TooManySteps { .. } => "plan.too_many_steps",
            PlanError::NoSteps => "plan.no_steps",
            PlanError::NeededBySkipped { .. } => "plan.needed_by_skipped",
            PlanError::UnknownBatch { .. } => "plan.unknown_batch",
            PlanError::UnknownRevision { .. } => "plan.unknown_revision",
            PlanError::Contradiction { .. } => "plan.contradiction",
            PlanError::NotApplied { .. } => "plan.not_applied",
            PlanError::Missing { .. } => "plan.missing",
            PlanError::Changed { .. } => "plan.changed",
            PlanError::Late { .. } => "plan.late",
            PlanError::Failed { .. } => "plan.failed",
            PlanError::HalfUndone { .. } => "plan.half_undone",
        }
    }

    /// What to do.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            PlanError::Recording { errors, .. } if errors.iter().all(DslError::is_for_the_command_line) => {
                let mut given: Vec<String> = errors.iter().filter_map(DslError::on_command_line).collect();
                given.dedup();
                format!("give it on the command line: `{}`; nothing has run", given.join(" "))
            }
            PlanError::Recording { file, .. } => format!("correct `{file}`; nothing has run"),
            PlanError::Irreversible { file, .. } => {
                format!("write a `down` in `{file}`, or go on with a new migration; nothing has run")
            }
            PlanError::UnreadableUndo { file, cause: UnreadableUndo::Newer { .. }, .. } => {
                format!("use the version of the program that applied it, or write a `down` in `{file}`; nothing has run")
            }
            PlanError::UnreadableUndo { file, .. } => format!("write a `down` in `{file}`; nothing has run"),
            PlanError::TooFewPending { left: 0, .. } => "`db status` lists what is applied".into(),
            PlanError::TooFewPending { branch: None, .. } => "run `db migrate` to apply all that is pending".into(),
            PlanError::TooFewPending { branch: Some(branch), .. } => {
                format!("run `db migrate {branch}@heads` to apply all that is pending there")
            }
            PlanError::TooManySteps { applied: 0, .. } => "`db status` lists what is applied".into(),
            PlanError::TooManySteps { .. } => "run `db rollback --steps all` to undo everything".into(),
            PlanError::NeededBySkipped { skipped, .. } => {
                format!("undo `{skipped}` first, with the program that has it; nothing has run")
            }
            PlanError::NoSteps => "use `--steps 1` or more, or `--steps all`".into(),
            PlanError::UnknownBatch { known, .. } if known.is_empty() => {
                "run `db rollback --steps 1`; stamped revisions have no batch".into()
            }
            PlanError::UnknownBatch { known, .. } => format!("the batches that there are: {}", joined(known, ", ")),
            PlanError::UnknownRevision { .. } => "`db status` lists all revisions".into(),
            PlanError::Contradiction { .. } => "stamp one after the other".into(),
            PlanError::NotApplied { .. } => "`db status` lists what is applied".into(),
            PlanError::Missing { revisions } => format!(
                "run the version of the program that has {}, or bring the {} back; `migrations.missing = \"warn\"` \
                 lets everything go on that does not undo {}",
                if revisions.len() == 1 { "it" } else { "them" },
                if revisions.len() == 1 { "file" } else { "files" },
                if revisions.len() == 1 { "it" } else { "them" },
            ),
            PlanError::Changed { .. } => {
                "undo the edit and write a new migration, or set `migrations.missing = \"warn\"`".into()
            }
            PlanError::Late { .. } => {
                "give the files a newer stamp, or run without `--strict-order` and with `migrations.late = \"run\"`".into()
            }
            PlanError::Failed { .. } => "run `db migrate` to go on".into(),
            PlanError::HalfUndone { .. } => {
                "run `db rollback` to undo the rest; when it is the `down` that fails, mend that first".into()
            }
        }
    }

    /// The exit code of a command that ends with this error.
    ///
    /// 4 for the target and the graph, an irreversible revision among them: it is a place that this graph has no way
    /// to. 5 where the history conflicts with the files. 7 for late revisions, which only a setting forbids. 1 for a
    /// body that can not be recorded.
    pub fn exit(&self) -> Exit {
        match self {
            PlanError::Recording { .. } => Exit::FAILED,
            PlanError::Missing { .. }
            | PlanError::Changed { .. }
            | PlanError::Failed { .. }
            | PlanError::HalfUndone { .. } => Exit::HISTORY,
            PlanError::Late { .. } | PlanError::NeededBySkipped { .. } => Exit::REFUSED,
            _ => Exit::GRAPH,
        }
    }
}
