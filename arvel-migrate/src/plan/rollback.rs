//! Back by the order of application: by steps, by batch, to a revision.
//!
//! What ran last is undone first, whatever the graph says. After a late revision ran, that may leave it pending again
//! below an applied one; [`Plan::leaves_late`] names it.

use super::{Plan, PlanError, Step, record, upgrade};
use crate::{
    graph::{Along, Graph, Positions},
    history::{Comparison, RevisionState},
    migration::RevisionId,
    undo::WayBack,
};

/// What a rollback undoes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Rollback {
    /// The last so many. One, unless something else is asked for.
    Steps(usize),
    /// Everything.
    All,
    /// What one run applied; `None` is the run with the highest number.
    Batch(Option<i64>),
    /// Everything applied after this revision that depends on it.
    To(RevisionId),
}

impl Default for Rollback {
    fn default() -> Self {
        Rollback::Steps(1)
    }
}

/// Plans a rollback of a database of this family, in reverse order of application.
///
/// # Errors
/// [`PlanError::TooManySteps`], [`PlanError::NoSteps`], [`PlanError::UnknownBatch`], [`PlanError::NotApplied`];
/// [`PlanError::Missing`] when one of them has no file, or one of the same line without a file was applied after the
/// first that goes; [`PlanError::Irreversible`] and [`PlanError::Recording`] for one that has no way back.
pub fn rollback(
    graph: &Graph,
    comparison: &Comparison,
    what: Rollback,
    family: &str,
) -> Result<Plan, PlanError> {
    let states: Vec<&RevisionState> = comparison.by_seq().collect();
    let chosen: Vec<&RevisionState> = match what {
        Rollback::Steps(0) => return Err(PlanError::NoSteps),
        Rollback::Steps(asked) => match states.len().checked_sub(asked) {
            Some(kept) => states[kept..].to_vec(),
            None => return Err(PlanError::TooManySteps { asked, applied: states.len() }),
        },
        Rollback::All => states,
        Rollback::Batch(batch) => of_batch(&states, batch)?,
        Rollback::To(revision) => {
            let at = graph
                .position(&revision)
                .ok_or_else(|| PlanError::UnknownRevision { revision: revision.clone() })?;
            let since = comparison
                .get(&revision)
                .and_then(|state| state.row.as_ref())
                .map(|row| row.seq)
                .ok_or(PlanError::NotApplied { revision })?;
            let mut above = graph.from([at], Along::Everything);
            above.remove(at);
            let later: Vec<&RevisionState> = states
                .into_iter()
                .filter(|state| state.row.as_ref().is_some_and(|row| row.seq > since))
                .filter(|state| graph.position(&state.revision).is_some_and(|at| above.contains(at)))
                .collect();
            return undo_members(graph, comparison, &later, family);
        }
    };
    undo(graph, comparison, &chosen, family)
}

fn of_batch<'a>(
    states: &[&'a RevisionState],
    batch: Option<i64>,
) -> Result<Vec<&'a RevisionState>, PlanError> {
    let batch_of = |state: &RevisionState| state.row.as_ref().and_then(|row| row.batch);
    let mut known: Vec<i64> = states.iter().filter_map(|state| batch_of(state)).collect();
    known.sort_unstable_by(|a, b| b.cmp(a));
    known.dedup();
    let wanted = match batch {
        Some(batch) => known.contains(&batch).then_some(batch),
        None => known.first().copied(),
    };
    let Some(wanted) = wanted else { return Err(PlanError::UnknownBatch { batch, known }) };
    Ok(states.iter().copied().filter(|state| batch_of(state) == Some(wanted)).collect())
}

/// Undoes revisions that the graph chose. A missing one has no place in the graph, so one of the same line that was
/// applied later must be taken for something that stands on them.
pub(super) fn undo_members(
    graph: &Graph,
    comparison: &Comparison,
    chosen: &[&RevisionState],
    family: &str,
) -> Result<Plan, PlanError> {
    let later_in_line = |missing: &&RevisionState| {
        missing.row.as_ref().is_some_and(|missing| {
            chosen
                .iter()
                .filter_map(|state| state.row.as_ref())
                .any(|row| row.line == missing.line && row.seq < missing.seq)
        })
    };
    refuse_missing(comparison.by_seq().filter(|state| state.migration.is_none()).filter(later_in_line))?;
    undo(graph, comparison, chosen, family)
}

/// Undoes these, which are in the order of application, last first.
pub(super) fn undo(
    graph: &Graph,
    comparison: &Comparison,
    chosen: &[&RevisionState],
    family: &str,
) -> Result<Plan, PlanError> {
    refuse_missing(chosen.iter().copied().filter(|state| state.migration.is_none()))?;
    // What a follow-up was stamped for is in the text of its stub by now: only the row goes.
    let is_row =
        |step: &Step| step.migration.as_ref().is_some_and(|of| comparison.idle().contains(&of.revision));
    let down = |state: &&&RevisionState| {
        record::down(state, family).map(|step| match is_row(&step) {
            true => Step { operations: Vec::new(), way_back: WayBack::Known, ..step },
            false => step,
        })
    };
    let steps = chosen.iter().rev().map(|state| down(&state)).collect::<Result<_, _>>()?;
    let gone = Positions::of(graph, graph.positions(chosen.iter().map(|state| &state.revision)));
    let stays = graph.positions(comparison.applied()).into_iter().filter(|at| !gone.contains(*at));
    let needed = graph.up_to(stays, Along::Everything);
    Ok(Plan {
        steps,
        expects: upgrade::expects(comparison),
        satisfied: Vec::new(),
        leaves_late: graph.names(gone.iter().filter(|at| needed.contains(*at))),
    })
}

fn refuse_missing<'a>(missing: impl Iterator<Item = &'a RevisionState>) -> Result<(), PlanError> {
    let revisions: Vec<RevisionId> = missing.map(record::row_revision).collect();
    if revisions.is_empty() { Ok(()) } else { Err(PlanError::Missing { revisions }) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        graph::testing::{draw, id, migration, names, rows},
        history::compare,
        migration::{Body, Checksum},
    };
    use std::sync::Arc;

    fn plan(drawing: &str, applied: &str, what: Rollback) -> Result<Plan, PlanError> {
        let graph = draw(drawing);
        rollback(&graph, &compare(&graph, &rows(&graph, applied), &Checksum::of), what, "sqlite")
    }

    fn steps(applied: &str, what: Rollback) -> String {
        match plan("1_a\n2_b\n3_c in other needs 1_a\n4_d", applied, what) {
            Ok(plan) => plan.revisions().map(RevisionId::as_str).collect::<Vec<_>>().join(" "),
            Err(error) => error.code().to_owned(),
        }
    }

    #[test]
    fn what_is_undone() {
        let cases = [
            ("1_a 2_b 4_d", Rollback::default(), "4_d"),
            ("1_a 4_d 2_b", Rollback::Steps(2), "2_b 4_d"),
            ("1_a", Rollback::Steps(2), "plan.too_many_steps"),
            ("1_a", Rollback::Steps(0), "plan.no_steps"),
            ("", Rollback::Steps(1), "plan.too_many_steps"),
            ("", Rollback::All, ""),
            ("1_a 2_b", Rollback::All, "2_b 1_a"),
            ("1_a/1 2_b/2 3_c/2 4_d*", Rollback::Batch(None), "3_c 2_b"),
            ("1_a/1 2_b/2 3_c/2", Rollback::Batch(Some(1)), "1_a"),
            ("1_a/1 2_b/2", Rollback::Batch(Some(7)), "plan.unknown_batch"),
            ("1_a*", Rollback::Batch(None), "plan.unknown_batch"),
            ("1_a 2_b 3_c 4_d", Rollback::To(id("1_a")), "4_d 3_c 2_b"),
            ("1_a 2_b 3_c 4_d", Rollback::To(id("2_b")), "4_d"),
            ("1_a", Rollback::To(id("2_b")), "plan.not_applied"),
            ("1_a", Rollback::To(id("9_z")), "plan.unknown_revision"),
            ("1_a 9_gone", Rollback::Steps(1), "plan.missing"),
            ("9_gone 1_a", Rollback::Steps(1), "1_a"),
            ("1_a 2_b 9_gone", Rollback::To(id("1_a")), "plan.missing"),
            ("9_gone 1_a 2_b", Rollback::To(id("1_a")), "2_b"),
        ];
        for (applied, what, expected) in cases {
            assert_eq!(steps(applied, what.clone()), expected, "{what:?} from `{applied}`");
        }
    }

    #[test]
    fn a_late_revision_goes_first_and_is_named() {
        let plan = plan("1_a\n2_b\n3_c", "1_a 3_c 2_b", Rollback::Steps(1)).unwrap();
        assert_eq!(names(plan.revisions()), ["2_b"]);
        assert_eq!(names(&plan.leaves_late), ["2_b"]);
    }

    #[test]
    fn a_revision_without_a_way_back_stops_everything() {
        let mut one_way = migration("1_a");
        one_way.down = None;
        let graph = Graph::build(vec![Arc::new(one_way), Arc::new(migration("2_b"))]).unwrap();
        let comparison = compare(&graph, &rows(&graph, "1_a 2_b"), &Checksum::of);
        let error = rollback(&graph, &comparison, Rollback::All, "sqlite").unwrap_err();
        assert_eq!(
            error.to_string(),
            "revision `1_a` in `default/1_a.sql` has no way back: `sql `create 1_a`` can not be reversed: \
             SQL as written has no known reverse; write a `down`"
        );
        assert_eq!((error.code(), error.exit()), ("plan.irreversible", arvel_core::Exit::GRAPH));
    }

    #[test]
    fn an_implicit_way_back_reverses_what_was_recorded() {
        let mut created = migration("1_a");
        created.up = Body::Rust(|schema| {
            schema.create("posts", |table| {
                table.id();
            });
        });
        created.down = None;
        let graph = Graph::build(vec![Arc::new(created)]).unwrap();
        let comparison = compare(&graph, &rows(&graph, "1_a"), &Checksum::of);
        let plan = rollback(&graph, &comparison, Rollback::default(), "sqlite").unwrap();
        let operations: Vec<String> =
            plan.steps[0].operations.iter().map(|operation| operation.describe()).collect();
        assert_eq!(operations, ["drop table posts"]);
    }

    #[test]
    fn a_body_with_mistakes_is_refused_with_all_of_them() {
        let mut bad = migration("1_a");
        bad.down = Some(Body::Rust(|schema| {
            schema.create("posts", |_| {});
            schema.drop("");
        }));
        let graph = Graph::build(vec![Arc::new(bad)]).unwrap();
        let comparison = compare(&graph, &rows(&graph, "1_a"), &Checksum::of);
        match rollback(&graph, &comparison, Rollback::All, "sqlite") {
            Err(PlanError::Recording { errors, file, .. }) => {
                assert_eq!((errors.len(), file.as_str()), (2, "default/1_a.sql"));
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_history_knows_by_origin_is_removed_under_its_own_name() {
        let before = draw("auth_users in package:auth from auth/users");
        let graph = draw("5_users from auth/users");
        let comparison = compare(&graph, &rows(&before, "auth_users"), &Checksum::of);
        let plan = rollback(&graph, &comparison, Rollback::All, "sqlite").unwrap();
        assert_eq!(names(plan.revisions()), ["auth_users"]);
        assert_eq!(plan.steps[0].migration.as_ref().unwrap().revision, id("5_users"));
    }
}
