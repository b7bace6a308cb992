//! Walking the graph: ancestors and descendants, with or without dependencies.
//!
//! A walk answers with a set and includes where it began. It visits every edge once and never recurses, so that a
//! line of a hundred thousand files is as safe as one of ten.

use std::collections::BTreeSet;

use super::{Graph, Node};
use crate::migration::RevisionId;

/// A set of positions of one graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Positions(Vec<bool>);

impl Positions {
    pub(crate) fn none(graph: &Graph) -> Self {
        Self(vec![false; graph.len()])
    }

    pub(crate) fn of(graph: &Graph, positions: impl IntoIterator<Item = usize>) -> Self {
        let mut set = Self::none(graph);
        for at in positions {
            set.insert(at);
        }
        set
    }

    pub(crate) fn contains(&self, at: usize) -> bool {
        self.0.get(at).copied().unwrap_or(false)
    }

    /// Adds a position; answers whether it is new.
    pub(crate) fn insert(&mut self, at: usize) -> bool {
        self.0.get_mut(at).is_some_and(|present| !std::mem::replace(present, true))
    }

    /// Adds all of another set.
    pub(crate) fn extend(&mut self, other: &Self) {
        for at in other.iter() {
            self.insert(at);
        }
    }

    pub(crate) fn remove(&mut self, at: usize) {
        if let Some(present) = self.0.get_mut(at) {
            *present = false;
        }
    }

    /// The positions in graph order.
    pub(crate) fn iter(&self) -> impl DoubleEndedIterator<Item = usize> + '_ {
        self.0.iter().enumerate().filter_map(|(at, present)| present.then_some(at))
    }
}

/// Which edges a walk follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Along {
    /// Parents only.
    Lineage,
    /// Parents and dependencies.
    Everything,
}

impl Graph {
    /// The revisions and everything that must be applied before them: parents and dependencies, all the way down.
    ///
    /// Includes the revisions themselves; what the graph does not know is left out.
    pub fn ancestors<'a>(&self, of: impl IntoIterator<Item = &'a RevisionId>) -> BTreeSet<RevisionId> {
        self.set(&self.up_to(self.positions(of), Along::Everything))
    }

    /// A revision and what it descends from, dependencies left out; nothing for an unknown one.
    #[must_use]
    pub fn lineage_of(&self, revision: &RevisionId) -> BTreeSet<RevisionId> {
        self.set(&self.up_to(self.position(revision), Along::Lineage))
    }

    /// The revisions and everything that needs them, as parent or as dependency, all the way up.
    ///
    /// Includes the revisions themselves; what the graph does not know is left out.
    pub fn descendants<'a>(&self, of: impl IntoIterator<Item = &'a RevisionId>) -> BTreeSet<RevisionId> {
        self.set(&self.from(self.positions(of), Along::Everything))
    }

    fn set(&self, positions: &Positions) -> BTreeSet<RevisionId> {
        positions.iter().map(|at| self.at(at).clone()).collect()
    }

    /// Ancestors, starts included.
    pub(crate) fn up_to(&self, starts: impl IntoIterator<Item = usize>, along: Along) -> Positions {
        self.walk(starts, |node| (&node.parents.at, &node.dependencies.at), along)
    }

    /// Descendants, starts included.
    pub(crate) fn from(&self, starts: impl IntoIterator<Item = usize>, along: Along) -> Positions {
        self.walk(starts, |node| (&node.children.at, &node.dependents.at), along)
    }

    fn walk<'a>(
        &'a self,
        starts: impl IntoIterator<Item = usize>,
        edges: impl Fn(&'a Node) -> (&'a Vec<usize>, &'a Vec<usize>),
        along: Along,
    ) -> Positions {
        let mut seen = Positions::none(self);
        let mut todo: Vec<usize> = starts.into_iter().filter(|at| seen.insert(*at)).collect();
        while let Some(at) = todo.pop() {
            let (lineage, others) = edges(&self.nodes[at]);
            todo.extend(lineage.iter().copied().filter(|next| seen.insert(*next)));
            if along == Along::Everything {
                todo.extend(others.iter().copied().filter(|next| seen.insert(*next)));
            }
        }
        seen
    }
}

#[cfg(test)]
mod tests {
    use crate::graph::testing::{draw, id, names};

    #[test]
    fn walks_follow_dependencies_and_include_the_start() {
        let graph = draw(
            "1_a
             2_b <- root
             3_c <- 1_a needs 2_b
             4_d <- 3_c",
        );
        assert_eq!(names(&graph.ancestors([&id("3_c")])), ["1_a", "2_b", "3_c"]);
        assert_eq!(names(&graph.descendants([&id("2_b")])), ["2_b", "3_c", "4_d"]);
        assert_eq!(names(&graph.descendants([&id("9_unknown")])), [""; 0]);
    }
}
