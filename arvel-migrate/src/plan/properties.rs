//! What must hold of every plan on every graph, drawn at random.

use std::{collections::BTreeSet, sync::Arc};

use proptest::{prelude::*, sample::Index};

use super::{Plan, Rollback, StampTarget, UpgradeTarget, downgrade, rollback, stamp, upgrade};
use crate::{
    graph::{DowngradeTarget, Graph, testing::migration},
    history::{Comparison, HistoryRow, compare},
    migration::{Checksum, Dependency, LineName, Migration, Parents, RevisionId},
};

type Set = BTreeSet<RevisionId>;

/// Up to 14 migrations in two lines. Parents and dependencies are among the earlier ones; with `scrambled` the stems
/// are numbered the other way round, so that order and names disagree.
fn some_migrations() -> impl Strategy<Value = Vec<Arc<Migration>>> {
    let one = (
        0..4_u8,
        prop::collection::vec(any::<Index>(), 1..3),
        prop::collection::vec(any::<Index>(), 0..2),
        any::<bool>(),
    );
    (prop::collection::vec(one, 1..14), any::<bool>()).prop_map(|(drawn, scrambled)| {
        let count = drawn.len();
        let name = |at: usize| format!("{}_m", if scrambled { 100 - at } else { 100 + at });
        let revision = |at: usize| RevisionId::new(name(at)).unwrap();
        (0..count)
            .map(|at| {
                let (kind, parents, dependencies, other) = &drawn[at];
                let mut migration = migration(&name(at));
                if *other {
                    migration.line = LineName::new("other");
                }
                let earlier = |chosen: &[Index]| -> Vec<RevisionId> {
                    if at == 0 { Vec::new() } else { chosen.iter().map(|i| revision(i.index(at))).collect() }
                };
                migration.parents = match kind {
                    0 if !scrambled => Parents::Previous,
                    1 => Parents::Root,
                    _ => Parents::Of(earlier(parents)),
                };
                migration.depends_on = earlier(dependencies).into_iter().map(Dependency::Revision).collect();
                Arc::new(migration)
            })
            .collect()
    })
}

/// A history with some of them applied in any order: late ones are likely.
fn any_history(graph: &Graph, chosen: &[Index]) -> Vec<HistoryRow> {
    let mut wanted: Vec<RevisionId> = Vec::new();
    for index in chosen {
        let revision = index.get(graph.order());
        if !wanted.contains(revision) {
            wanted.push(revision.clone());
        }
    }
    let steps = wanted.iter().flat_map(|revision| {
        let target = UpgradeTarget::Exactly(vec![revision.clone()]);
        upgrade(graph, &Comparison::default(), &target, "sqlite").unwrap().steps
    });
    Plan { steps: steps.collect(), ..Plan::default() }.history_after(&[])
}

/// A history that upgrades made, one after the other: nothing is late.
fn sound_history(graph: &Graph, targets: &[Index]) -> Vec<HistoryRow> {
    targets.iter().fold(Vec::new(), |rows, index| {
        let target = UpgradeTarget::Revisions(vec![index.get(graph.order()).clone()]);
        upgrade(graph, &state(graph, &rows), &target, "sqlite").unwrap().history_after(&rows)
    })
}

fn state(graph: &Graph, rows: &[HistoryRow]) -> Comparison {
    compare(graph, rows, &Checksum::of)
}

fn applied(rows: &[HistoryRow]) -> Set {
    rows.iter().map(|row| row.revision.clone()).collect()
}

fn indices() -> impl Strategy<Value = Vec<Index>> {
    prop::collection::vec(any::<Index>(), 0..6)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_the_input_changes_nothing(
        (migrations, shuffled) in some_migrations().prop_flat_map(|all| (Just(all.clone()), Just(all).prop_shuffle())),
        history in indices(),
    ) {
        let (graph, other) = (Graph::build(migrations).unwrap(), Graph::build(shuffled).unwrap());
        prop_assert_eq!(graph.order(), other.order());
        for revision in graph.order() {
            prop_assert_eq!(graph.parents(revision), other.parents(revision));
            prop_assert_eq!(graph.dependencies(revision), other.dependencies(revision));
            prop_assert_eq!(graph.children(revision), other.children(revision));
        }
        let rows = any_history(&graph, &history);
        let plan = |graph: &Graph| upgrade(graph, &state(graph, &rows), &UpgradeTarget::Heads, "sqlite").unwrap();
        prop_assert!(plan(&graph).revisions().eq(plan(&other).revisions()));
    }

    #[test]
    fn previous_follows_every_earlier_revision_of_its_line(migrations in some_migrations()) {
        let graph = Graph::build(migrations).unwrap();
        for migration in graph.iter().filter(|migration| migration.parents == Parents::Previous) {
            let below = graph.ancestors([&migration.revision]);
            let earlier = graph
                .iter()
                .filter(|other| other.line == migration.line && other.sort_key() < migration.sort_key());
            for other in earlier {
                prop_assert!(below.contains(&other.revision), "{} after {}", migration.revision, other.revision);
            }
        }
    }

    #[test]
    fn an_applied_plan_leaves_nothing_to_do(
        migrations in some_migrations(), history in indices(), target in any::<Index>(), everything in any::<bool>(),
    ) {
        let graph = Graph::build(migrations).unwrap();
        let rows = any_history(&graph, &history);
        let chosen = target.get(graph.order()).clone();
        let target = if everything { UpgradeTarget::Heads } else { UpgradeTarget::Revisions(vec![chosen.clone()]) };
        let plan = upgrade(&graph, &state(&graph, &rows), &target, "sqlite").unwrap();
        let after = plan.history_after(&rows);
        prop_assert!(upgrade(&graph, &state(&graph, &after), &target, "sqlite").unwrap().is_empty());
        let needed = if everything { graph.order().iter().cloned().collect() } else { graph.ancestors([&chosen]) };
        let expected: Set = applied(&rows).union(&needed).cloned().collect();
        prop_assert_eq!(applied(&after), expected);
        if everything {
            let comparison = state(&graph, &after);
            prop_assert!(comparison.is_up_to_date());
            prop_assert_eq!(comparison.current(), graph.heads());
        }
    }

    #[test]
    fn within_a_plan_parents_come_first(migrations in some_migrations(), history in indices()) {
        let graph = Graph::build(migrations).unwrap();
        let rows = any_history(&graph, &history);
        let plan = upgrade(&graph, &state(&graph, &rows), &UpgradeTarget::Heads, "sqlite").unwrap();
        let mut done = applied(&rows);
        for revision in plan.revisions() {
            for needed in graph.parents(revision).iter().chain(graph.dependencies(revision)) {
                prop_assert!(done.contains(needed), "{revision} before {needed}");
            }
            done.insert(revision.clone());
        }
    }

    #[test]
    fn up_and_down_again_is_the_identity(
        migrations in some_migrations(), history in indices(), target in any::<Index>(),
    ) {
        let graph = Graph::build(migrations).unwrap();
        let rows = sound_history(&graph, &history);
        prop_assert_eq!(state(&graph, &rows).late().count(), 0);
        let target = UpgradeTarget::Revisions(vec![target.get(graph.order()).clone()]);
        let up = upgrade(&graph, &state(&graph, &rows), &target, "sqlite").unwrap();
        let between = up.history_after(&rows);
        if !up.is_empty() {
            for what in [Rollback::Steps(up.steps.len()), Rollback::Batch(None)] {
                let down = rollback(&graph, &state(&graph, &between), what, "sqlite").unwrap();
                prop_assert_eq!(&down.history_after(&between), &rows);
                prop_assert!(down.leaves_late.is_empty());
                prop_assert!(up.revisions().eq(down.steps.iter().rev().map(|step| &step.revision)));
            }
        }
    }

    #[test]
    fn a_downgrade_keeps_its_target_and_strands_nothing(
        migrations in some_migrations(), history in indices(), target in any::<Index>(),
    ) {
        let graph = Graph::build(migrations).unwrap();
        let rows = sound_history(&graph, &history);
        if rows.is_empty() {
            return Ok(());
        }
        let kept = target.get(&rows).revision.clone();
        let plan = downgrade(&graph, &state(&graph, &rows), &DowngradeTarget::Keep(vec![kept.clone()]), "sqlite").unwrap();
        prop_assert!(plan.leaves_late.is_empty());
        let after = plan.history_after(&rows);
        let comparison = state(&graph, &after);
        prop_assert_eq!(comparison.late().count(), 0);
        prop_assert!(comparison.current().contains(&kept));
        // What goes stands on the target; nothing else is touched.
        let above = graph.descendants([&kept]);
        prop_assert!(plan.revisions().all(|revision| above.contains(revision) && *revision != kept));
        let again = downgrade(&graph, &comparison, &DowngradeTarget::Keep(vec![kept]), "sqlite").unwrap();
        prop_assert!(again.is_empty());
    }

    #[test]
    fn a_stamp_says_what_it_was_asked_to(
        migrations in some_migrations(), history in indices(), target in any::<Index>(), purge in any::<bool>(),
    ) {
        let graph = Graph::build(migrations).unwrap();
        let rows = sound_history(&graph, &history);
        let revision = target.get(graph.order()).clone();
        let target = StampTarget::Revisions(vec![revision.clone()]);
        let plan = stamp(&graph, &state(&graph, &rows), &target, purge).unwrap();
        let mut after = applied(&rows);
        plan.remove.iter().for_each(|revision| { after.remove(revision); });
        after.extend(plan.add.iter().cloned());
        prop_assert!(graph.ancestors([&revision]).is_subset(&after));
        if purge {
            prop_assert_eq!(after, graph.ancestors([&revision]));
        } else {
            let current = graph.heads_of(&after);
            prop_assert!(current.contains(&revision));
            // Nothing that is applied needs something that is not.
            prop_assert!(graph.ancestors(&after).is_subset(&after));
        }
    }
}
