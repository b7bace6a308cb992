//! Revisions in their place in the graph, for `heads`, `branches`, `current`, `history` and `show`.

mod drawing;
mod text;

pub use drawing::drawing;
pub use text::{block, field, line, marks, state_word, title};

use std::path::{Path, PathBuf};

use arvel_migrate::{
    Status,
    graph::Graph,
    history::RevisionState,
    migration::{Migration, RevisionId},
};

/// The graph with what is known of it.
#[derive(Clone, Copy)]
pub struct Places<'a> {
    /// The graph.
    pub graph: &'a Graph,
    /// What the database says; `None` when it was not asked.
    pub status: Option<&'a Status>,
    /// The project's root: paths below it are shown from there.
    pub root: &'a Path,
}

/// One revision in its place.
pub struct Place<'a> {
    /// The revision.
    pub revision: &'a RevisionId,
    /// Its migration.
    pub migration: Option<&'a Migration>,
    /// Its state; `None` when the database was not asked.
    pub state: Option<&'a RevisionState>,
    /// What it directly follows.
    pub parents: &'a [RevisionId],
    /// What it needs beside that.
    pub depends_on: &'a [RevisionId],
    /// What directly follows it.
    pub children: &'a [RevisionId],
    /// Whether the database is there; `None` when it was not asked.
    pub current: Option<bool>,
}

impl<'a> Places<'a> {
    /// A revision.
    pub fn get(&self, revision: &'a RevisionId) -> Place<'a> {
        let comparison = self.status.map(|status| &status.comparison);
        Place {
            revision,
            migration: self.graph.get(revision).map(|migration| &**migration),
            state: comparison.and_then(|comparison| comparison.get(revision)),
            parents: self.graph.parents(revision),
            depends_on: self.graph.dependencies(revision),
            children: self.graph.children(revision),
            current: comparison.map(|comparison| comparison.current().contains(revision)),
        }
    }

    /// A path as it is shown.
    pub fn path(&self, path: &Path) -> PathBuf {
        path.strip_prefix(self.root).unwrap_or(path).to_path_buf()
    }
}

impl Place<'_> {
    /// Whether nothing follows it.
    pub fn is_head(&self) -> bool {
        self.children.is_empty()
    }

    /// Whether it follows nothing.
    pub fn is_base(&self) -> bool {
        self.parents.is_empty()
    }

    /// Whether several follow it.
    pub fn is_branch_point(&self) -> bool {
        self.children.len() > 1
    }

    /// Whether it follows several.
    pub fn is_merge_point(&self) -> bool {
        self.parents.len() > 1
    }
}
