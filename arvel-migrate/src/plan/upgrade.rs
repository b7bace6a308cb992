//! Up: the ancestors of the targets that are not applied, parents first.

use super::{Plan, PlanError, Step, UpgradeTarget, record};
use crate::{
    graph::{Along, Graph, Positions},
    history::{Comparison, Raise, State},
    migration::{Checksum, RevisionId},
};

/// Plans an upgrade: everything that the target needs, dependencies included, minus what is applied, in graph order.
///
/// The steps are judged for a database of this family. A target that is applied already gives an empty plan, and is named in [`Plan::satisfied`].
///
/// # Errors
/// [`PlanError::TooFewPending`] for `+N` with fewer left, [`PlanError::Recording`] for a body with mistakes,
/// [`PlanError::UnknownRevision`] for a target that is not in the graph.
pub fn upgrade(
    graph: &Graph,
    comparison: &Comparison,
    target: &UpgradeTarget,
    family: &str,
) -> Result<Plan, PlanError> {
    // What has nothing to do is as good as applied.
    let done = comparison.applied().iter().chain(comparison.idle());
    let applied = Positions::of(graph, graph.positions(done));
    let mut satisfied = Vec::new();
    let wanted: Vec<usize> = match target {
        UpgradeTarget::Heads => (0..graph.len()).collect(),
        UpgradeTarget::Revisions(revisions) => {
            let targets = known(graph, revisions)?;
            satisfied = graph.names(targets.iter().copied().filter(|at| applied.contains(*at)));
            graph.up_to(targets, Along::Everything).iter().collect()
        }
        UpgradeTarget::Next(count) => next((0..graph.len()).collect(), &applied, *count, None)?,
        UpgradeTarget::NextOf { branch, members, count } => {
            let members = Positions::of(graph, known(graph, members)?);
            let chosen = next(members.iter().collect(), &applied, *count, Some(branch))?;
            graph.up_to(chosen, Along::Everything).iter().collect()
        }
        UpgradeTarget::Exactly(revisions) => Positions::of(graph, known(graph, revisions)?).iter().collect(),
    };
    let wanted: Vec<usize> = wanted.into_iter().filter(|at| !applied.contains(*at)).collect();
    let steps = wanted
        .iter()
        .map(|at| {
            let late = comparison.get(graph.at(*at)).is_some_and(|state| state.state == State::Late);
            let step = record::up(graph.migration_at(*at), late, family)?;
            Ok(Step { raises: raise(graph, comparison, *at), ..step })
        })
        .collect::<Result<_, PlanError>>()?;
    Ok(Plan { steps, expects: expects(comparison), satisfied, leaves_late: Vec::new() })
}

/// What a follow-up notes in the row of its stub. One that comes last leaves nothing missing of today's text.
fn raise(graph: &Graph, comparison: &Comparison, at: usize) -> Option<Raise> {
    let follows = |at: usize| graph.migration_at(at).in_place.as_ref()?.follows.as_ref();
    let (own, package) = (follows(at)?, graph.migration_at(at).in_place.as_ref()?);
    let stub = graph.by_origin(&own.stub)?;
    let row = comparison.get(&stub.revision)?.row.as_ref()?;
    // Follow-ups of one stub follow each other: those behind it are open too.
    let is_last = (at + 1..graph.len()).all(|later| {
        follows(later).is_none_or(|other| other.stub != own.stub) || comparison.get(graph.at(later)).is_none()
    });
    let version = if is_last { package.version.clone() } else { own.since.clone() };
    Some(Raise { row: row.revision.clone(), checksum: is_last.then(|| Checksum::of(stub)), version })
}

/// The first `count` of `line` that are not applied.
fn next(
    line: Vec<usize>,
    applied: &Positions,
    count: usize,
    branch: Option<&String>,
) -> Result<Vec<usize>, PlanError> {
    let mut open: Vec<usize> = line.into_iter().filter(|at| !applied.contains(*at)).collect();
    if open.len() < count {
        return Err(PlanError::TooFewPending { branch: branch.cloned(), asked: count, left: open.len() });
    }
    open.truncate(count);
    Ok(open)
}

/// The positions of revisions that must be in the graph.
pub(super) fn known(graph: &Graph, revisions: &[RevisionId]) -> Result<Vec<usize>, PlanError> {
    revisions
        .iter()
        .map(|revision| {
            graph.position(revision).ok_or_else(|| PlanError::UnknownRevision { revision: revision.clone() })
        })
        .collect()
}

/// The rows that a plan is computed from.
pub(super) fn expects(comparison: &Comparison) -> Vec<RevisionId> {
    comparison.by_seq().map(record::row_revision).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        graph::{
            Target,
            testing::{draw, names, rows},
        },
        history::compare,
    };

    const DIAMOND: &str = "1_a
        2_b <- 1_a @blog
        3_c <- 1_a @shop
        4_d <- 2_b
        5_e <- 4_d,3_c
        6_f in auth
        7_g <- 3_c needs 6_f @late";

    /// The steps, `!` behind late ones, or the error's code.
    fn steps(drawing: &str, applied: &str, target: &str) -> String {
        let graph = draw(drawing);
        let comparison = compare(&graph, &rows(&graph, applied), &Checksum::of);
        let target = match Target::parse(target).unwrap().for_upgrade(&graph, comparison.applied()) {
            Ok(target) => target,
            Err(error) => return error.code().to_owned(),
        };
        match upgrade(&graph, &comparison, &target, "sqlite") {
            Ok(plan) => plan
                .steps
                .iter()
                .map(|step| format!("{}{}", step.revision, if step.late { "!" } else { "" }))
                .collect::<Vec<_>>()
                .join(" "),
            Err(error) => error.code().to_owned(),
        }
    }

    #[test]
    fn targets_and_their_steps() {
        let cases = [
            ("", "heads", "1_a 2_b 3_c 4_d 5_e 6_f 7_g"),
            ("1_a 2_b 3_c 4_d 5_e 6_f 7_g", "heads", ""),
            ("", "4_d", "1_a 2_b 4_d"),
            ("", "7_g", "1_a 3_c 6_f 7_g"),
            ("1_a 3_c", "heads", "2_b 4_d 5_e 6_f 7_g"),
            ("2_b 5_e", "heads", "1_a! 3_c! 4_d! 6_f 7_g"),
            ("", "blog@head", "1_a 2_b 4_d"),
            ("1_a", "+2", "2_b 3_c"),
            ("1_a", "+6", "2_b 3_c 4_d 5_e 6_f 7_g"),
            ("1_a", "+7", "plan.too_few_pending"),
            ("1_a", "blog@+1", "2_b"),
            ("", "blog@+2", "1_a 2_b 4_d"),
            ("", "blog@+3", "plan.too_few_pending"),
            ("", "blog@head-1", "1_a 2_b"),
            ("", "1_a+2", "1_a 2_b 3_c"),
            ("", "base+2", "1_a 2_b"),
            ("", "5_e-1", "1_a 2_b 4_d"),
            ("", "head", "target.multiple_heads"),
            ("1_a", "-1", "target.wrong_direction"),
            ("1_a", "base", "target.wrong_direction"),
            ("1_a 2_b", "current", ""),
            ("1_a 2_b", "2_b", ""),
            ("1_a 2_b", "blog", ""),
        ];
        for (applied, target, expected) in cases {
            assert_eq!(steps(DIAMOND, applied, target), expected, "{target} from `{applied}`");
        }
    }

    #[test]
    fn a_target_that_is_applied_is_said_to_be() {
        let graph = draw("1_a\n2_b");
        let comparison = compare(&graph, &rows(&graph, "0_gone 1_a"), &Checksum::of);
        let target = UpgradeTarget::Revisions(vec![graph.order()[0].clone()]);
        let plan = upgrade(&graph, &comparison, &target, "sqlite").unwrap();
        assert!(plan.is_empty());
        assert_eq!(names(&plan.satisfied), ["1_a"]);
        assert_eq!(names(&plan.expects), ["0_gone", "1_a"]);
    }
}
