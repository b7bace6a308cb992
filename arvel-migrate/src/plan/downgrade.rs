//! Down by the graph: a target stays, what descends from it goes.
//!
//! What merely depends on the target stays too; what depends on something that goes, goes. Siblings and the trunk
//! below a branch are never touched.

use super::{DowngradeTarget, Plan, PlanError, Rollback, rollback, upgrade};
use crate::{
    graph::{Along, Graph},
    history::{Comparison, RevisionState},
};

/// Plans a downgrade, in reverse order of application.
///
/// # Errors
/// [`PlanError::NotApplied`] for a target to keep that is not applied; [`PlanError::UnknownRevision`]; else as
/// [`rollback`](super::rollback()).
pub fn downgrade(
    graph: &Graph,
    comparison: &Comparison,
    target: &DowngradeTarget,
    family: &str,
) -> Result<Plan, PlanError> {
    let starts = match target {
        DowngradeTarget::Base => return rollback::rollback(graph, comparison, Rollback::All, family),
        DowngradeTarget::Steps(count) => {
            return rollback::rollback(graph, comparison, Rollback::Steps(*count), family);
        }
        DowngradeTarget::Undo(revisions) => upgrade::known(graph, revisions)?,
        DowngradeTarget::Keep(revisions) => {
            let kept = upgrade::known(graph, revisions)?;
            if let Some(revision) = revisions.iter().find(|revision| !comparison.is_applied(revision)) {
                return Err(PlanError::NotApplied { revision: revision.clone() });
            }
            let mut above = graph.from(kept.iter().copied(), Along::Lineage);
            kept.iter().for_each(|at| above.remove(*at));
            above.iter().collect()
        }
    };
    let goes = graph.from(starts, Along::Everything);
    let chosen: Vec<&RevisionState> = comparison
        .by_seq()
        .filter(|state| graph.position(&state.revision).is_some_and(|at| goes.contains(at)))
        .collect();
    rollback::undo_members(graph, comparison, &chosen, family)
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
        migration::{Checksum, RevisionId},
    };

    const ALL: &str = "1_a 2_b 3_c 4_d 5_e 6_f 7_g 8_h";
    const DRAWING: &str = "1_a
        2_b <- 1_a @blog
        3_c <- 1_a @shop
        4_d <- 2_b
        5_e <- 4_d,3_c
        6_f in auth @auth
        7_g <- 3_c needs 6_f
        8_h in auth";

    fn steps(applied: &str, target: &str) -> String {
        let graph = draw(DRAWING);
        let comparison = compare(&graph, &rows(&graph, applied), &Checksum::of);
        let target = match Target::parse(target).unwrap().for_downgrade(&graph, comparison.applied()) {
            Ok(target) => target,
            Err(error) => return error.code().to_owned(),
        };
        match downgrade(&graph, &comparison, &target, "sqlite") {
            Ok(plan) => plan.revisions().map(RevisionId::as_str).collect::<Vec<_>>().join(" "),
            Err(error) => error.code().to_owned(),
        }
    }

    #[test]
    fn targets_and_their_steps() {
        let cases = [
            (ALL, "base", "8_h 7_g 6_f 5_e 4_d 3_c 2_b 1_a"),
            (ALL, "-1", "8_h"),
            (ALL, "-8", "8_h 7_g 6_f 5_e 4_d 3_c 2_b 1_a"),
            (ALL, "-9", "plan.too_many_steps"),
            (ALL, "4_d", "5_e"),
            (ALL, "2_b", "5_e 4_d"),
            (ALL, "1_a", "7_g 5_e 4_d 3_c 2_b"),
            // 7_g only depends on 6_f, so it stays.
            (ALL, "6_f", "8_h"),
            (ALL, "auth@base", "8_h 7_g 6_f"),
            (ALL, "blog@base", "5_e 4_d 2_b"),
            (ALL, "shop@base", "7_g 5_e 3_c"),
            (ALL, "shop@-1", "7_g"),
            (ALL, "blog@-1", "5_e 4_d"),
            (ALL, "blog@-3", "target.too_far"),
            (ALL, "5_e-1", "5_e"),
            (ALL, "5_e-2", "5_e 4_d"),
            (ALL, "5_e-3", "7_g 5_e 4_d 3_c"),
            (ALL, "5_e-6", "target.too_far"),
            (ALL, "2_b+1", "5_e"),
            (ALL, "+1", "target.wrong_direction"),
            (ALL, "2_b@base", "target.not_a_label"),
            (ALL, "heads", ""),
            (ALL, "current", ""),
            ("1_a 2_b", "4_d", "plan.not_applied"),
            ("1_a 2_b 4_d 9_gone", "2_b", "plan.missing"),
            ("9_gone 1_a 2_b 4_d", "2_b", "4_d"),
            ("", "base", ""),
            ("", "current", ""),
        ];
        for (applied, target, expected) in cases {
            assert_eq!(steps(applied, target), expected, "{target} from `{applied}`");
        }
    }
}
