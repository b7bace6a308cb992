//! The revision graph: which migration comes after which, validated once, when it is built.
//!
//! Linear by default, a graph where a migration says so. A [`Graph`] is sound by construction: a parent that nobody
//! has, a cycle, two files with one revision are refused by [`Graph::build`], so that nothing after it has to ask.
//! This module knows no database: what is applied comes in as a list of revisions.

mod build;
mod destination;
mod error;
mod export;
mod heads;
mod labels;
mod lookup;
mod nearest;
mod order;
mod range;
mod resolve;
mod skipped;
mod target;
mod target_error;
#[cfg(test)]
pub(crate) mod testing;
mod walk;

pub use destination::{DowngradeTarget, StampTarget, UpgradeTarget};
pub use error::GraphError;
pub use nearest::nearest;
pub use range::{Range, ResolvedRange};
pub use target::{Symbol, Target};
pub use target_error::{Rung, TargetError};
pub(crate) use walk::{Along, Positions};

use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

use crate::migration::{Label, Migration, Origin, RevisionId};

/// All migrations of a program and how they follow each other. Valid by construction.
///
/// ```
/// use arvel_migrate::graph::Graph;
///
/// let graph = Graph::build(Vec::new())?;
/// assert!(graph.is_empty() && graph.heads().is_empty());
/// # Ok::<(), arvel_migrate::graph::GraphError>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct Graph {
    /// In topological order, so that an index is a position.
    nodes: Vec<Node>,
    order: Vec<RevisionId>,
    index: HashMap<RevisionId, usize>,
    labels: BTreeMap<Label, usize>,
    origins: HashMap<Origin, usize>,
}

#[derive(Clone, Debug)]
struct Node {
    migration: Arc<Migration>,
    parents: Edges,
    dependencies: Edges,
    children: Edges,
    dependents: Edges,
}

/// The neighbours of a node in one direction: positions to walk, names to show. Both in graph order.
#[derive(Clone, Debug, Default)]
struct Edges {
    at: Vec<usize>,
    names: Vec<RevisionId>,
}

impl Graph {
    /// The migration of a revision.
    #[must_use]
    pub fn get(&self, revision: &RevisionId) -> Option<&Arc<Migration>> {
        self.node(revision).map(|node| &node.migration)
    }

    /// The migration that carries an origin: a file of the application before one that runs in place.
    #[must_use]
    pub fn by_origin(&self, origin: &Origin) -> Option<&Arc<Migration>> {
        self.origins.get(origin).and_then(|at| self.nodes.get(*at)).map(|node| &node.migration)
    }

    /// All revisions, each after its parents and dependencies; where that leaves a choice, by sort key. The order of
    /// the input plays no part.
    #[must_use]
    pub fn order(&self) -> &[RevisionId] {
        &self.order
    }

    /// What a revision directly follows, in graph order; nothing for an unknown revision.
    #[must_use]
    pub fn parents(&self, revision: &RevisionId) -> &[RevisionId] {
        self.node(revision).map_or(&[], |node| &node.parents.names)
    }

    /// What must be applied before a revision without being its lineage, in graph order. What is a parent already is
    /// not repeated.
    #[must_use]
    pub fn dependencies(&self, revision: &RevisionId) -> &[RevisionId] {
        self.node(revision).map_or(&[], |node| &node.dependencies.names)
    }

    /// What directly follows a revision, in graph order.
    #[must_use]
    pub fn children(&self, revision: &RevisionId) -> &[RevisionId] {
        self.node(revision).map_or(&[], |node| &node.children.names)
    }

    /// What names a revision in `depends_on`, in graph order.
    #[must_use]
    pub fn dependents(&self, revision: &RevisionId) -> &[RevisionId] {
        self.node(revision).map_or(&[], |node| &node.dependents.names)
    }

    /// Whether the revision is in the graph.
    #[must_use]
    pub fn contains(&self, revision: &RevisionId) -> bool {
        self.index.contains_key(revision)
    }

    /// How many revisions there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.nodes.len()
    }

    /// Whether there is no revision at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.nodes.is_empty()
    }

    /// The migrations in graph order.
    pub fn iter(&self) -> impl DoubleEndedIterator<Item = &Arc<Migration>> + ExactSizeIterator {
        self.nodes.iter().map(|node| &node.migration)
    }

    fn node(&self, revision: &RevisionId) -> Option<&Node> {
        self.index.get(revision).and_then(|at| self.nodes.get(*at))
    }

    /// The position of a revision in [`Graph::order`].
    pub(crate) fn position(&self, revision: &RevisionId) -> Option<usize> {
        self.index.get(revision).copied()
    }

    /// The positions of those revisions that the graph knows.
    pub(crate) fn positions<'a>(&self, revisions: impl IntoIterator<Item = &'a RevisionId>) -> Vec<usize> {
        revisions.into_iter().filter_map(|revision| self.position(revision)).collect()
    }

    /// The revision at a position that this graph gave out.
    pub(crate) fn at(&self, position: usize) -> &RevisionId {
        &self.order[position]
    }

    /// The migration at a position that this graph gave out.
    pub(crate) fn migration_at(&self, position: usize) -> &Arc<Migration> {
        &self.nodes[position].migration
    }

    /// The revisions at these positions.
    pub(crate) fn names(&self, positions: impl IntoIterator<Item = usize>) -> Vec<RevisionId> {
        positions.into_iter().map(|at| self.at(at).clone()).collect()
    }
}

/// The file of a migration for people; its stem when the program does not know the path.
pub(crate) fn file_of(migration: &Migration) -> String {
    migration.path.as_ref().map_or_else(|| migration.stem.clone(), |path| path.display().to_string())
}
