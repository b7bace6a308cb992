//! Stamping: which rows to write and to remove so that history says what is asked, without running anything.

use super::{PlanError, StampTarget, record::row_revision, upgrade};
use crate::{
    graph::{Along, Graph, Positions},
    history::{Comparison, RevisionState},
    migration::RevisionId,
};

/// What a stamp writes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StampPlan {
    /// The revisions of the rows to remove, in reverse order of application. They go before anything is added.
    pub remove: Vec<RevisionId>,
    /// The revisions to write rows for, in graph order; marked as stamped, without a batch.
    pub add: Vec<RevisionId>,
    /// The revisions of the rows that it was computed from, in the order of `seq`.
    pub expects: Vec<RevisionId>,
}

impl StampPlan {
    /// Whether history says so already.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.remove.is_empty() && self.add.is_empty()
    }
}

/// Plans a stamp: the target and its ancestors applied, its descendants not, other branches as they are. With
/// `purge` all rows go first, those of unknown revisions too.
///
/// # Errors
/// [`PlanError::UnknownRevision`] for a target that is not in the graph.
pub fn stamp(
    graph: &Graph,
    comparison: &Comparison,
    target: &StampTarget,
    purge: bool,
) -> Result<StampPlan, PlanError> {
    let everything = || Positions::of(graph, 0..graph.len());
    let (applied, cleared) = match target {
        StampTarget::Base => (Positions::none(graph), everything()),
        StampTarget::BranchBase(members) => {
            (Positions::none(graph), graph.from(upgrade::known(graph, members)?, Along::Everything))
        }
        StampTarget::Revisions(revisions) => {
            let targets = upgrade::known(graph, revisions)?;
            let applied = graph.up_to(targets.iter().copied(), Along::Everything);
            let mut above = graph.from(targets.iter().copied(), Along::Lineage);
            // What is below one target and above another is applied.
            applied.iter().for_each(|at| above.remove(at));
            let above: Vec<usize> = above.iter().collect();
            (applied, graph.from(above, Along::Everything))
        }
    };
    let goes = |state: &RevisionState| {
        purge
            || graph.position(&state.revision).is_some_and(|at| cleared.contains(at) && !applied.contains(at))
    };
    let has_row = |at: usize| !purge && comparison.is_applied(graph.at(at));
    Ok(StampPlan {
        remove: comparison.by_seq().rev().filter(|state| goes(state)).map(row_revision).collect(),
        add: graph.names(applied.iter().filter(|at| !has_row(*at))),
        expects: upgrade::expects(comparison),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        graph::{
            Target,
            testing::{draw, rows},
        },
        history::compare,
        migration::Checksum,
    };

    #[test]
    fn rows_removed_and_added() {
        let graph = draw(
            "1_a
             2_b <- 1_a @blog
             3_c <- 1_a
             4_d <- 2_b
             5_e in auth needs 2_b",
        );
        let cases = [
            ("", "4_d", false, "- +1_a +2_b +4_d"),
            ("1_a 2_b 3_c 4_d 5_e", "1_a", false, "-5_e -4_d -3_c -2_b"),
            ("1_a 2_b 3_c 4_d 5_e", "2_b", false, "-4_d"),
            ("1_a 2_b 3_c 4_d 5_e", "blog@base", false, "-5_e -4_d -2_b"),
            ("1_a 3_c", "2_b", false, "- +2_b"),
            ("0_gone 1_a", "base", false, "-1_a"),
            ("0_gone 1_a", "2_b", true, "-1_a -0_gone +1_a +2_b"),
            ("1_a", "heads", false, "- +2_b +3_c +4_d +5_e"),
            ("1_a 2_b", "current", false, "-"),
        ];
        for (applied, target, purge, expected) in cases {
            let comparison = compare(&graph, &rows(&graph, applied), &Checksum::of);
            let target = Target::parse(target).unwrap().for_stamp(&graph, comparison.applied()).unwrap();
            let plan = stamp(&graph, &comparison, &target, purge).unwrap();
            let removed = plan.remove.iter().map(|name| format!("-{name}"));
            let added = plan.add.iter().map(|name| format!("+{name}"));
            let got = removed.chain(added).collect::<Vec<_>>().join(" ");
            assert_eq!(got, expected.trim_start_matches("- ").trim_end_matches('-').to_owned(), "{target:?}");
        }
    }
}
