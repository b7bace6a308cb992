//! Why a set of migrations is no graph: each with the file, the revision and a recipe.

use arvel_core::Exit;

use super::nearest::list;
use crate::migration::{Label, Origin, RevisionId};

/// What [`Graph::build`](super::Graph::build) refuses. A file is its path, or its stem where no path is known.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum GraphError {
    /// Two files with one revision.
    #[error("revision `{revision}` is declared by two files: `{first}` and `{second}`")]
    DuplicateRevision {
        /// The revision.
        revision: RevisionId,
        /// One file.
        first: String,
        /// The other.
        second: String,
    },
    /// A parent that no file has.
    #[error("revision `{revision}` in `{file}` has the parent `{parent}`, which no migration is")]
    UnknownParent {
        /// The revision that names it.
        revision: RevisionId,
        /// Its file.
        file: String,
        /// The name that is not known.
        parent: RevisionId,
        /// Known revisions that look like it, best first.
        nearest: Vec<String>,
    },
    /// A dependency that no file has.
    #[error("revision `{revision}` in `{file}` depends on `{dependency}`, which no migration is")]
    UnknownDependency {
        /// The revision that names it.
        revision: RevisionId,
        /// Its file.
        file: String,
        /// The name that is not known.
        dependency: RevisionId,
        /// Known revisions that look like it, best first.
        nearest: Vec<String>,
    },
    /// A dependency on a package's migration that is neither published nor run in place.
    #[error(
        "revision `{revision}` in `{file}` depends on `{origin}`, which is neither published nor run in place"
    )]
    UnknownOrigin {
        /// The revision that names it.
        revision: RevisionId,
        /// Its file.
        file: String,
        /// The package and its stub.
        origin: Origin,
    },
    /// A migration that belongs to the program and names one that does not.
    #[error(
        "revision `{revision}` in `{file}` names `{skipped}` in `{what}`, which the program's filter skips"
    )]
    NamesSkipped {
        /// The revision that names it.
        revision: RevisionId,
        /// Its file.
        file: String,
        /// `parents` or `depends_on`.
        what: &'static str,
        /// The revision, or the origin, that is skipped.
        skipped: String,
    },
    /// A revision that follows or needs itself.
    #[error("revision `{revision}` in `{file}` names itself in {what}")]
    SelfLoop {
        /// The revision.
        revision: RevisionId,
        /// Its file.
        file: String,
        /// `parents` or `depends_on`.
        what: &'static str,
    },
    /// Revisions that wait for each other.
    #[error("revisions wait for each other: {}", path_text(path))]
    Cycle {
        /// Each waits for the next, the last for the first.
        path: Vec<RevisionId>,
        /// The file of each, in the same order.
        files: Vec<String>,
        /// Those of them that write no parents, and so follow all that sorts before them in their line.
        implicit: Vec<RevisionId>,
    },
    /// One label in two files.
    #[error(
        "label `{label}` is carried by two revisions: `{first}` in `{first_file}` and `{second}` in `{second_file}`"
    )]
    DuplicateLabel {
        /// The label.
        label: Label,
        /// One carrier.
        first: RevisionId,
        /// Its file.
        first_file: String,
        /// The other.
        second: RevisionId,
        /// Its file.
        second_file: String,
    },
    /// A label that is also a revision.
    #[error("label `{label}` of revision `{revision}` in `{file}` is also the revision of `{other_file}`")]
    LabelIsRevision {
        /// The label.
        label: Label,
        /// The revision that carries it.
        revision: RevisionId,
        /// Its file.
        file: String,
        /// The file whose revision it is.
        other_file: String,
    },
}

fn path_text(path: &[RevisionId]) -> String {
    path.iter().chain(path.first()).map(|revision| format!("`{revision}`")).collect::<Vec<_>>().join(" -> ")
}

impl GraphError {
    /// A stable name for programs.
    #[must_use]
    pub fn code(&self) -> &'static str {
        match self {
            GraphError::DuplicateRevision { .. } => "graph.duplicate_revision",
            GraphError::UnknownParent { .. } => "graph.unknown_parent",
            GraphError::UnknownDependency { .. } => "graph.unknown_dependency",
            GraphError::UnknownOrigin { .. } => "graph.unknown_origin",
            GraphError::NamesSkipped { .. } => "graph.names_skipped",
            GraphError::SelfLoop { .. } => "graph.self_loop",
            GraphError::Cycle { .. } => "graph.cycle",
            GraphError::DuplicateLabel { .. } => "graph.duplicate_label",
            GraphError::LabelIsRevision { .. } => "graph.label_is_revision",
        }
    }

    /// What to do.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            GraphError::DuplicateRevision { second, .. } => {
                format!("rename `{second}` or give it a `revision` of its own in its header")
            }
            GraphError::UnknownParent { nearest, file, .. } if nearest.is_empty() => {
                format!("write whole revisions, which are file stems, in `parents` of `{file}`")
            }
            GraphError::UnknownDependency { nearest, file, .. } if nearest.is_empty() => {
                format!(
                    "write whole revisions, which are file stems, or `package/stub` in `depends_on` of `{file}`"
                )
            }
            GraphError::UnknownParent { nearest, .. } | GraphError::UnknownDependency { nearest, .. } => {
                format!("did you mean {}?", list(nearest))
            }
            GraphError::UnknownOrigin { origin, .. } => {
                let package = origin.package();
                format!(
                    "run `db publish --package {package}`, or write `migrations = \"in-place\"` under \
                     `[plugins.{package}]` in `arvel.toml`"
                )
            }
            GraphError::NamesSkipped { revision, skipped, .. } => {
                format!("let the filter of the program skip `{revision}` too, or keep `{skipped}`")
            }
            GraphError::SelfLoop { file, what, revision } => {
                format!("remove `{revision}` from `{what}` in `{file}`")
            }
            GraphError::Cycle { files, implicit, .. } => {
                let files = list(files);
                match implicit.first() {
                    Some(revision) => format!(
                        "`{revision}` writes no parents, so it follows everything before it in its line; \
                         write `parents` there, or remove an entry of `parents` or `depends_on` in {files}"
                    ),
                    None => format!("remove one entry of `parents` or `depends_on` in {files}"),
                }
            }
            GraphError::DuplicateLabel { second_file, .. } => format!("rename the label in `{second_file}`"),
            GraphError::LabelIsRevision { file, .. } => format!("rename the label in `{file}`"),
        }
    }

    /// The exit code of a command that ends with this error: 4, graph or target.
    pub fn exit(&self) -> Exit {
        Exit::GRAPH
    }
}
