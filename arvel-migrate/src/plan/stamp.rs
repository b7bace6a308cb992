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
    /// What a former run began and did not finish, and the stamp decides about, by its name in the journal, which goes: the
    /// revision, or that of a package's migration in place.
    pub settle: Vec<RevisionId>,
    /// The revisions of the rows that it was computed from, in the order of `seq`.
    pub expects: Vec<RevisionId>,
}

impl StampPlan {
    /// Whether history says so already.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.remove.is_empty() && self.add.is_empty() && self.settle.is_empty()
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
    stamp_all(graph, comparison, std::slice::from_ref(target), purge)
}

/// The name of its entries in the journal.
fn journal_name(state: &RevisionState) -> RevisionId {
    state.migration.as_ref().map_or_else(|| row_revision(state), |migration| migration.journal_name())
}

/// Plans a stamp of several targets at once: what one of them needs is applied, also above another.
///
/// # Errors
/// [`PlanError::UnknownRevision`] for a target that is not in the graph, and [`PlanError::Contradiction`] when one target
/// is the base of what another needs.
pub fn stamp_all(
    graph: &Graph,
    comparison: &Comparison,
    targets: &[StampTarget],
    purge: bool,
) -> Result<StampPlan, PlanError> {
    let mut named: Vec<usize> = Vec::new();
    let mut bases = Positions::none(graph);
    for target in targets {
        match target {
            StampTarget::Base => bases = Positions::of(graph, 0..graph.len()),
            StampTarget::BranchBase(members) => {
                let members = upgrade::known(graph, members)?;
                bases.extend(&graph.from(members, Along::Everything));
            }
            StampTarget::Revisions(revisions) => named.extend(upgrade::known(graph, revisions)?),
        }
    }
    let applied = graph.up_to(named.iter().copied(), Along::Everything);
    if let Some(both) = applied.iter().find(|at| bases.contains(*at)) {
        return Err(PlanError::Contradiction { revision: graph.at(both).clone() });
    }
    let mut above = graph.from(named.iter().copied(), Along::Lineage);
    // What is below one target and above another is applied.
    applied.iter().for_each(|at| above.remove(at));
    let mut cleared = graph.from(above.iter().collect::<Vec<_>>(), Along::Everything);
    cleared.extend(&bases);
    let goes = |state: &RevisionState| {
        purge
            || graph.position(&state.revision).is_some_and(|at| cleared.contains(at) && !applied.contains(at))
    };
    let decided = |state: &RevisionState| {
        goes(state) || graph.position(&state.revision).is_some_and(|at| applied.contains(at))
    };
    let has_row = |at: usize| !purge && comparison.is_applied(graph.at(at));
    // A follow-up has a row only where it is said to have run, before it did.
    let wants_row = |at: usize| {
        !graph.migration_at(at).is_follow_up() || !purge && comparison.get(graph.at(at)).is_some()
    };
    Ok(StampPlan {
        remove: comparison.by_seq().rev().filter(|state| goes(state)).map(row_revision).collect(),
        add: graph.names(applied.iter().filter(|at| !has_row(*at) && wants_row(*at))),
        settle: comparison.failed().filter(|state| decided(state)).map(journal_name).collect(),
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
    #[test]
    fn several_targets_at_once() {
        let graph = draw(
            "1_a
             2_b <- 1_a @blog
             3_c <- 1_a @shop
             4_d <- 2_b
             5_e <- 4_d,3_c",
        );
        let cases = [
            ("", "4_d 3_c", Ok("+1_a +2_b +3_c +4_d")),
            ("", "1_a 4_d", Ok("+1_a +2_b +4_d")),
            ("1_a 2_b 3_c 4_d 5_e", "2_b 3_c", Ok("-5_e -4_d")),
            ("1_a 2_b 4_d", "blog@base shop", Ok("-4_d -2_b +3_c")),
            ("1_a 2_b", "base", Ok("-2_b -1_a")),
            ("", "base 1_a", Err("plan.contradiction")),
            ("", "blog@base 5_e", Err("plan.contradiction")),
        ];
        for (applied, targets, expected) in cases {
            let comparison = compare(&graph, &rows(&graph, applied), &Checksum::of);
            let targets: Vec<StampTarget> = targets
                .split(' ')
                .map(|text| Target::parse(text).unwrap().for_stamp(&graph, comparison.applied()).unwrap())
                .collect();
            let got = stamp_all(&graph, &comparison, &targets, false).map(|plan| {
                let removed = plan.remove.iter().map(|name| format!("-{name}"));
                removed.chain(plan.add.iter().map(|name| format!("+{name}"))).collect::<Vec<_>>().join(" ")
            });
            let got = got.map_err(|error| error.code());
            assert_eq!(got.as_deref().map_err(|code| *code), expected, "{targets:?}");
        }
    }

    #[test]
    fn a_stamp_settles_what_was_begun() {
        let graph = draw("1_a\n2_b\n3_c");
        let failed = |applied: &str, failed: &str| {
            compare(&graph, &rows(&graph, applied), &Checksum::of)
                .with_failed([&crate::graph::testing::id(failed)])
        };
        let settled = |comparison: &Comparison, target: &str| {
            let target = Target::parse(target).unwrap().for_stamp(&graph, comparison.applied()).unwrap();
            stamp(&graph, comparison, &target, false).unwrap()
        };
        let half_applied = failed("1_a", "2_b");
        let plan = settled(&half_applied, "2_b");
        assert_eq!((plan.add.len(), plan.settle.len()), (1, 1), "{plan:?}");
        let plan = settled(&half_applied, "1_a");
        assert_eq!((plan.add.len(), plan.remove.len(), plan.settle.len()), (0, 0, 1), "{plan:?}");
        let half_undone = failed("1_a 2_b", "2_b");
        let plan = settled(&half_undone, "2_b");
        assert_eq!((plan.add.len(), plan.remove.len(), plan.settle.len()), (0, 0, 1), "{plan:?}");
        assert!(settled(&failed("1_a", "3_c"), "1_a").settle.len() == 1);
    }
}
