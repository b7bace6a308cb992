//! Branches by name: a label covers the revision that carries it and its descendants up to the next merge.
//!
//! A merge of the branch with something else belongs to neither; a merge of two parts of the same branch belongs to
//! it. The trunk below the branch point never does.

use super::{Graph, Positions};
use crate::migration::{Label, RevisionId};

impl Graph {
    /// All labels with the revision that carries each.
    pub fn labels(&self) -> impl Iterator<Item = (&Label, &RevisionId)> {
        self.labels.iter().map(|(label, at)| (label, self.at(*at)))
    }

    /// The members of a branch in graph order; nothing for an unknown label.
    #[must_use]
    pub fn branch(&self, label: &Label) -> Vec<RevisionId> {
        self.labels.get(label).map(|at| self.names(self.branch_from(*at).iter())).unwrap_or_default()
    }

    /// The labels of the branches that a revision belongs to.
    #[must_use]
    pub fn labels_of(&self, revision: &RevisionId) -> Vec<Label> {
        let Some(at) = self.position(revision) else { return Vec::new() };
        self.labels
            .iter()
            .filter(|(_, carrier)| self.branch_from(**carrier).contains(at))
            .map(|(label, _)| label.clone())
            .collect()
    }

    pub(crate) fn label_at(&self, label: &str) -> Option<usize> {
        self.labels.get(label).copied()
    }

    /// The branch that begins at a position.
    pub(crate) fn branch_from(&self, carrier: usize) -> Positions {
        let mut members = Positions::of(self, [carrier]);
        // One pass is enough: parents stand before their children.
        for (at, node) in self.nodes.iter().enumerate().skip(carrier + 1) {
            let parents = &node.parents.at;
            if !parents.is_empty() && parents.iter().all(|parent| members.contains(*parent)) {
                members.insert(at);
            }
        }
        members
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::{draw, id, names};

    #[test]
    fn a_branch_ends_before_it_is_merged_with_another() {
        let graph = draw(
            "1_a
             2_b <- 1_a @blog
             3_c <- 1_a @shop
             4_d <- 2_b
             5_e <- 4_d,3_c
             6_f",
        );
        assert_eq!(names(&graph.branch(&Label::new("blog").unwrap())), ["2_b", "4_d"]);
        assert_eq!(names(&graph.branch(&Label::new("shop").unwrap())), ["3_c"]);
        assert_eq!(graph.labels_of(&id("4_d")), [Label::new("blog").unwrap()]);
        assert_eq!(graph.labels_of(&id("6_f")), []);
        let carriers: Vec<String> = graph.labels().map(|(label, at)| format!("{label}={at}")).collect();
        assert_eq!(carriers, ["blog=2_b", "shop=3_c"]);
    }

    #[test]
    fn a_merge_inside_the_branch_belongs_to_it() {
        let graph = draw(
            "1_a
             2_b <- 1_a @blog
             3_c <- 2_b
             4_d <- 2_b
             5_e <- 3_c,4_d",
        );
        assert_eq!(names(&graph.branch(&Label::new("blog").unwrap())), ["2_b", "3_c", "4_d", "5_e"]);
    }
}
