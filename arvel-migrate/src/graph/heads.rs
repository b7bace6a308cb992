//! Ends and starts of the graph, and where it forks and joins.
//!
//! A dependency is not lineage: a revision that others only depend on is still a head. What is applied is judged by
//! the same rule, so a fully upgraded database is always at its heads.

use super::{Graph, Positions, walk::Along};
use crate::migration::{LineName, RevisionId};

impl Graph {
    /// The revisions without children, in graph order.
    #[must_use]
    pub fn heads(&self) -> Vec<RevisionId> {
        self.names(self.heads_within(&Positions::of(self, 0..self.len())))
    }

    /// The revisions without parents, in graph order.
    #[must_use]
    pub fn bases(&self) -> Vec<RevisionId> {
        self.names((0..self.len()).filter(|at| self.nodes[*at].parents.at.is_empty()))
    }

    /// The revisions with several children.
    #[must_use]
    pub fn branch_points(&self) -> Vec<RevisionId> {
        let is_point =
            |at: &usize| self.nodes[*at].children.at.iter().filter(|at| !self.follows_up(**at)).count() > 1;
        self.names((0..self.len()).filter(is_point))
    }

    /// The revisions with several parents.
    #[must_use]
    pub fn merge_points(&self) -> Vec<RevisionId> {
        self.names((0..self.len()).filter(|at| self.nodes[*at].parents.at.len() > 1))
    }

    /// The heads of one line: its revisions that no other revision of the line descends from. What a new file of
    /// the line writes as its parents under `migrations.history = "graph"`.
    #[must_use]
    pub fn line_heads(&self, line: &LineName) -> Vec<RevisionId> {
        let members = Positions::of(
            self,
            self.nodes
                .iter()
                .enumerate()
                .filter(|(_, node)| node.migration.line == *line)
                .map(|(position, _)| position),
        );
        self.names(self.heads_within(&members))
    }

    /// The heads of a set of revisions, such as the applied ones: those that no other of them descends from, in graph
    /// order.
    #[must_use]
    pub fn heads_of<'a>(&self, revisions: impl IntoIterator<Item = &'a RevisionId>) -> Vec<RevisionId> {
        self.names(self.heads_within(&Positions::of(self, self.positions(revisions))))
    }

    /// Those of several heads that are the application's: where a package that runs in place ends is the package's affair.
    pub(crate) fn of_the_application(&self, heads: &[usize]) -> Vec<usize> {
        let own = |at: &usize| self.nodes[*at].migration.line.package().is_none();
        match heads.iter().any(own) {
            true => heads.iter().copied().filter(own).collect(),
            false => heads.to_vec(),
        }
    }

    /// The members that no other member descends from, even by way of something outside.
    pub(crate) fn heads_within(&self, members: &Positions) -> Vec<usize> {
        let lasting = || members.iter().filter(|at| !self.follows_up(*at));
        let parents = lasting().flat_map(|at| self.nodes[at].parents.at.iter().copied());
        let below = self.up_to(parents, Along::Lineage);
        lasting().filter(|at| !below.contains(*at)).collect()
    }

    /// Whether it is a follow-up that runs in place: most databases never run it, so nothing ends with it.
    fn follows_up(&self, at: usize) -> bool {
        self.nodes[at].migration.is_follow_up()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::{draw, id, names};

    #[test]
    fn a_diamond() {
        let graph = draw(
            "1_a
             2_b <- 1_a
             3_c <- 1_a
             4_d <- 2_b,3_c",
        );
        assert_eq!(names(&graph.heads()), ["4_d"]);
        assert_eq!(names(&graph.bases()), ["1_a"]);
        assert_eq!(names(&graph.branch_points()), ["1_a"]);
        assert_eq!(names(&graph.merge_points()), ["4_d"]);
        assert_eq!(names(&graph.heads_of(&[id("1_a"), id("3_c")])), ["3_c"]);
    }

    #[test]
    fn a_dependency_is_not_lineage() {
        let graph = draw(
            "1_a in accounts
             2_b needs 1_a",
        );
        assert_eq!(names(&graph.heads()), ["1_a", "2_b"]);
        assert_eq!(names(&graph.line_heads(&LineName::new("accounts"))), ["1_a"]);
    }
}
