//! A revision, as every document shows it, and the document of `db status`.

use std::path::{Path, PathBuf};

use arvel_migrate::{
    Status,
    graph::Graph,
    history::RevisionState,
    migration::{Checksum, Migration, RevisionId},
    publish::PackageState,
};
#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;

use super::{PackageStateBody, database::DatabaseText, texts};
use crate::output::revisions::{Place, Places};

/// `db status`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct StatusBody {
    /// Every revision that was asked for.
    migrations: Vec<RevisionBody>,
    /// The heads of the graph: the revisions that nothing follows.
    heads: Vec<String>,
    /// The heads of what is applied.
    current: Vec<String>,
    /// How many revisions are pending, late ones too.
    pending: usize,
    /// How the packages stand that the program links; left out with `--pending` and `--path`.
    #[serde(skip_serializing_if = "Option::is_none")]
    packages: Option<Vec<PackageStateBody>>,
    /// Which database.
    database: DatabaseText,
}

/// One revision.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Revision"))]
pub struct RevisionBody {
    /// Its id.
    revision: String,
    /// Its name without the stamp; null when no file has it.
    slug: Option<String>,
    /// What it does, in words.
    description: Option<String>,
    /// The line that it belongs to: one for the application, one for each package.
    line: String,
    /// How it stands in the database; null when that was not asked.
    #[cfg_attr(test, schemars(extend("enum" = super::schemas::STATES)))]
    state: Option<&'static str>,
    /// The batch that applied it; null when it is not applied, or stamped.
    batch: Option<i64>,
    /// When it was applied: RFC 3339, in UTC.
    applied_at: Option<String>,
    /// How long that took, in milliseconds.
    duration_ms: Option<i64>,
    /// The checksum with which it was applied, else that of the file.
    checksum: Option<String>,
    /// The package and the stub that it was published from.
    origin: Option<String>,
    /// What it directly follows.
    parents: Vec<String>,
    /// What it needs beside that.
    depends_on: Vec<String>,
    /// Its labels.
    labels: Vec<String>,
    /// Its file, from the root of the project.
    path: Option<PathBuf>,
}

impl RevisionBody {
    /// A revision with its state; paths below `root` are shown relative to it.
    fn of(state: &RevisionState, graph: &Graph, root: &Path) -> Self {
        Self::build(&state.revision, Some(state), state.migration.as_deref(), graph, root)
    }

    /// A revision of the graph; its state is null when the database was not asked.
    pub(super) fn placed(place: &Place<'_>, places: &Places<'_>) -> Self {
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
    pub fn of(
        status: &Status,
        graph: &Graph,
        root: &Path,
        only_pending: bool,
        packages: Option<&[PackageState]>,
    ) -> Self {
        let comparison = &status.comparison;
        let shown: Vec<&RevisionState> =
            if only_pending { comparison.pending().collect() } else { comparison.states().iter().collect() };
        Self {
            migrations: shown.into_iter().map(|state| RevisionBody::of(state, graph, root)).collect(),
            heads: texts(&graph.heads()),
            current: texts(comparison.current()),
            pending: comparison.pending().count(),
            packages: packages.map(|packages| packages.iter().map(PackageStateBody::of).collect()),
            database: DatabaseText::of(&status.database),
        }
    }
}
