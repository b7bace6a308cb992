//! What a database remembers beside what the program has: the state of every revision.
//!
//! Pure: rows and graph come in, states go out. It judges nothing; whether a missing or changed revision stops a
//! command is the policy of that command.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap, HashSet},
    sync::Arc,
};

use super::{HistoryRow, follow_up::FollowUps};
use crate::{
    graph::{Along, Graph},
    migration::{Checksum, Migration, RevisionId},
};

/// The state of one revision in one database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum State {
    /// Applied, and the file is as it was.
    Applied,
    /// In the graph and not applied.
    Pending,
    /// Pending although something that needs it is applied.
    Late,
    /// Applied, and no file has it.
    Missing,
    /// Applied, and the file's checksum has changed since.
    Changed,
    /// Begun and not finished: the journal knows, the history does not.
    Failed,
    /// Left out by the program's filter, applied or not: it belongs to other programs.
    Skipped,
}

impl State {
    /// The word that people and JSON see.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            State::Applied => "applied",
            State::Pending => "pending",
            State::Late => "late",
            State::Missing => "missing",
            State::Changed => "changed",
            State::Failed => "failed",
            State::Skipped => "skipped",
        }
    }
}

impl std::fmt::Display for State {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.as_str())
    }
}

/// One revision with all that is known of it.
#[derive(Clone, Debug)]
pub struct RevisionState {
    /// The revision of the file; of the row, when there is no file. The row's own may differ: a migration that ran in
    /// place and was published later is known to history by its origin.
    pub revision: RevisionId,
    /// Its state.
    pub state: State,
    /// Its row, when it is applied.
    pub row: Option<HistoryRow>,
    /// Its migration, when there is a file.
    pub migration: Option<Arc<Migration>>,
}

/// Every revision of a graph and of a history, with its state.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    states: Vec<RevisionState>,
    index: HashMap<RevisionId, usize>,
    /// Indices of the states with a row, by `seq`.
    by_seq: Vec<usize>,
    applied: Vec<RevisionId>,
    current: Vec<RevisionId>,
    /// Follow-ups that have nothing to do here.
    idle: Vec<RevisionId>,
}

/// Compares the rows of a history with a graph. `checksums` answers with the checksum of a migration today; it is
/// asked for applied ones only.
///
/// A row belongs to the migration of its revision, else to the one of its origin. The states are in graph order;
/// a missing revision stands behind the one that was applied before it.
#[must_use]
pub fn compare(graph: &Graph, rows: &[HistoryRow], checksums: &dyn Fn(&Migration) -> Checksum) -> Comparison {
    let mut rows: Vec<&HistoryRow> = rows.iter().collect();
    rows.sort_by_key(|row| row.seq);
    let owners = owners(graph, &rows);
    let mut row_at: Vec<Option<&HistoryRow>> = vec![None; graph.len()];
    // Missing rows by the position that they stand behind; `None` is the very front.
    let mut missing: BTreeMap<Option<usize>, Vec<&HistoryRow>> = BTreeMap::new();
    let mut last = None;
    for (row, owner) in rows.iter().copied().zip(&owners) {
        match owner {
            Some(at) => {
                row_at[*at] = Some(row);
                last = Some(*at);
            }
            None => missing.entry(last).or_default().push(row),
        }
    }
    let follow_ups = FollowUps::of(graph, &row_at, checksums);
    let needed = graph.up_to(owners.iter().flatten().copied(), Along::Everything);
    let mut states = Vec::with_capacity(graph.len());
    states.extend(missing.remove(&None).into_iter().flatten().map(missing_state));
    for (at, migration) in graph.iter().enumerate() {
        if follow_ups.idle.contains(&at) && row_at[at].is_none() {
            continue;
        }
        let state = match row_at[at] {
            Some(row) if row.checksum == checksums(migration) => State::Applied,
            // Its text changed, and the package brings what changed.
            Some(_) if follow_ups.older.contains(&at) => State::Applied,
            Some(_) => State::Changed,
            None if needed.contains(at) => State::Late,
            None => State::Pending,
        };
        states.push(RevisionState {
            revision: migration.revision.clone(),
            state,
            row: row_at[at].cloned(),
            migration: Some(Arc::clone(migration)),
        });
        states.extend(missing.remove(&Some(at)).into_iter().flatten().map(missing_state));
    }
    let applied = graph.names(owners.iter().flatten().copied());
    let idle = graph.names(follow_ups.idle);
    Comparison { idle, ..Comparison::new(states, graph.heads_of(&applied), applied) }
}

fn missing_state(row: &HistoryRow) -> RevisionState {
    RevisionState {
        revision: row.revision.clone(),
        state: State::Missing,
        row: Some(row.clone()),
        migration: None,
    }
}

/// The position of the migration that each row belongs to.
fn owners(graph: &Graph, rows: &[&HistoryRow]) -> Vec<Option<usize>> {
    let mut owners: Vec<Option<usize>> = rows.iter().map(|row| graph.position(&row.revision)).collect();
    let mut taken: HashSet<usize> = owners.iter().flatten().copied().collect();
    for (owner, row) in owners.iter_mut().zip(rows).filter(|(owner, _)| owner.is_none()) {
        *owner = row
            .origin
            .as_deref()
            .and_then(|origin| origin.parse().ok())
            .and_then(|origin| graph.by_origin(&origin))
            .and_then(|migration| graph.position(&migration.revision))
            .filter(|at| taken.insert(*at));
    }
    owners
}

impl Comparison {
    fn new(states: Vec<RevisionState>, current: Vec<RevisionId>, applied: Vec<RevisionId>) -> Self {
        // A missing row never hides a file: origins are matched before a row counts as missing.
        let index = states.iter().enumerate().map(|(at, state)| (state.revision.clone(), at)).collect();
        let mut by_seq: Vec<usize> = (0..states.len())
            .filter(|at| states[*at].row.is_some() && states[*at].state != State::Skipped)
            .collect();
        by_seq.sort_by_key(|at| states[*at].row.as_ref().map(|row| row.seq));
        Self { states, index, by_seq, applied, current, idle: Vec::new() }
    }

    /// Marks what the journal knows as begun and not finished, by its names there.
    #[must_use]
    pub fn with_failed<'a>(mut self, failed: impl IntoIterator<Item = &'a RevisionId>) -> Self {
        for name in failed {
            let at = self.index.get(name).copied().or_else(|| self.of_journal(name));
            if let Some(state) = at.and_then(|at| self.states.get_mut(at)) {
                state.state = State::Failed;
            }
        }
        self
    }

    /// Where the migration of a name in the journal is; of several with one origin, the one that is not applied.
    fn of_journal(&self, name: &RevisionId) -> Option<usize> {
        let is_its = |state: &RevisionState| {
            state.migration.as_ref().is_some_and(|of| of.origin.is_some() && of.journal_name() == *name)
        };
        let found = self.states.iter().enumerate().filter(|(_, state)| is_its(state));
        found.min_by_key(|(_, state)| state.row.is_some()).map(|(at, _)| at)
    }

    /// Adds what the program's filter leaves out. Its rows are nobody's business: not missing, and never undone.
    #[must_use]
    pub fn with_skipped(mut self, skipped: &[Arc<Migration>]) -> Self {
        if skipped.is_empty() {
            return self;
        }
        for migration in skipped {
            let origin = migration.origin.as_ref().map(ToString::to_string);
            let is_its_row = |state: &&mut RevisionState| {
                state.migration.is_none()
                    && (state.revision == migration.revision
                        || state.row.as_ref().is_some_and(|row| row.origin.is_some() && row.origin == origin))
            };
            match self.states.iter_mut().find(is_its_row) {
                Some(state) => {
                    state.state = State::Skipped;
                    state.migration = Some(Arc::clone(migration));
                }
                None => self.place_skipped(migration),
            }
        }
        Self { idle: self.idle, ..Self::new(self.states, self.current, self.applied) }
    }

    /// Puts a skipped migration without a row where its name sorts.
    fn place_skipped(&mut self, migration: &Arc<Migration>) {
        let behind = |state: &RevisionState| {
            state
                .migration
                .as_ref()
                .is_some_and(|other| other.line == migration.line && other.sort_key() > migration.sort_key())
        };
        let at = self.states.iter().position(behind).unwrap_or(self.states.len());
        let state = RevisionState {
            revision: migration.revision.clone(),
            state: State::Skipped,
            row: None,
            migration: Some(Arc::clone(migration)),
        };
        self.states.insert(at, state);
    }

    /// Only the states of these revisions. What is applied elsewhere stays known to [`applied`](Self::applied) and
    /// [`current`](Self::current), and is in no state.
    #[must_use]
    pub fn within(self, selected: &BTreeSet<RevisionId>) -> Self {
        let states = self.states.into_iter().filter(|state| selected.contains(&state.revision)).collect();
        Self { idle: self.idle, ..Self::new(states, self.current, self.applied) }
    }

    /// All revisions, in graph order.
    #[must_use]
    pub fn states(&self) -> &[RevisionState] {
        &self.states
    }

    /// One revision.
    #[must_use]
    pub fn get(&self, revision: &RevisionId) -> Option<&RevisionState> {
        self.index.get(revision).map(|at| &self.states[*at])
    }

    /// What is in the graph and not applied, late ones included, in graph order. A failed revision is not among them.
    pub fn pending(&self) -> impl Iterator<Item = &RevisionState> {
        self.states.iter().filter(|state| matches!(state.state, State::Pending | State::Late))
    }

    /// What is pending below something applied.
    pub fn late(&self) -> impl Iterator<Item = &RevisionState> {
        self.of(State::Late)
    }

    /// What is applied and has no file.
    pub fn missing(&self) -> impl Iterator<Item = &RevisionState> {
        self.of(State::Missing)
    }

    /// What is applied and has another checksum today.
    pub fn changed(&self) -> impl Iterator<Item = &RevisionState> {
        self.of(State::Changed)
    }

    /// What the journal knows as begun and not finished.
    pub fn failed(&self) -> impl Iterator<Item = &RevisionState> {
        self.of(State::Failed)
    }

    /// What the program's filter leaves out.
    pub fn skipped(&self) -> impl Iterator<Item = &RevisionState> {
        self.of(State::Skipped)
    }

    fn of(&self, wanted: State) -> impl Iterator<Item = &RevisionState> {
        self.states.iter().filter(move |state| state.state == wanted)
    }

    /// The applied revisions of the graph, in the order of application.
    #[must_use]
    pub fn applied(&self) -> &[RevisionId] {
        &self.applied
    }

    /// Follow-ups of packages that run in place which have nothing to do in this database: what they bring is there, or comes
    /// with the stub that they follow. They have no state, unless they have a row.
    #[must_use]
    pub fn idle(&self) -> &[RevisionId] {
        &self.idle
    }

    /// Whether a revision of the graph is applied, changed or not.
    #[must_use]
    pub fn is_applied(&self, revision: &RevisionId) -> bool {
        self.get(revision).is_some_and(|state| state.row.is_some() && state.migration.is_some())
    }

    /// Everything with a row, missing ones too, in the order of application.
    pub fn by_seq(&self) -> impl DoubleEndedIterator<Item = &RevisionState> + ExactSizeIterator {
        self.by_seq.iter().map(|at| &self.states[*at])
    }

    /// The heads of what is applied, in graph order: where the database is.
    #[must_use]
    pub fn current(&self) -> &[RevisionId] {
        &self.current
    }

    /// What keeps the database from being at head, in graph order: pending, late, or begun and not finished.
    pub fn open(&self) -> impl Iterator<Item = &RevisionState> {
        let is_open =
            |state: &&RevisionState| matches!(state.state, State::Pending | State::Late | State::Failed);
        self.states.iter().filter(is_open)
    }

    /// Whether everything in the graph is applied. This, and not the heads alone, is what `--check-heads` asks: a
    /// revision that was spliced in below an applied head counts, and a dependency counts as anything else does.
    #[must_use]
    pub fn is_up_to_date(&self) -> bool {
        self.open().next().is_none()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::{draw, id, names, rows};

    fn states(graph: &Graph, rows: &[HistoryRow]) -> Vec<String> {
        let comparison = compare(graph, rows, &Checksum::of);
        comparison.states().iter().map(|state| format!("{} {}", state.revision, state.state)).collect()
    }

    #[test]
    fn every_state() {
        let graph = draw("1_a\n2_b\n3_c\n4_d\n5_e");
        let mut history = rows(&graph, "0_gone 1_a 2_lost 3_c 4_d");
        history[4].checksum = Checksum::of_text("other");
        assert_eq!(
            states(&graph, &history),
            [
                "0_gone missing",
                "1_a applied",
                "2_lost missing",
                "2_b late",
                "3_c applied",
                "4_d changed",
                "5_e pending"
            ]
        );
        let comparison = compare(&graph, &history, &Checksum::of).with_failed([&id("5_e")]);
        assert_eq!(names(comparison.applied()), ["1_a", "3_c", "4_d"]);
        assert_eq!(names(comparison.pending().map(|state| &state.revision)), ["2_b"]);
        assert_eq!(names(comparison.failed().map(|state| &state.revision)), ["5_e"]);
        assert_eq!(names(comparison.current()), ["4_d"]);
        assert!(!comparison.is_up_to_date());
        assert!(comparison.is_applied(&id("4_d")) && !comparison.is_applied(&id("0_gone")));
    }

    #[test]
    fn what_is_skipped_is_neither_pending_nor_missing() {
        let whole = draw("1_a\n2_b\n3_c\n4_d from p/s");
        let skipped: Vec<_> =
            ["2_b", "3_c", "4_d"].map(|name| Arc::clone(whole.get(&id(name)).unwrap())).into();
        let graph = draw("1_a\n5_e");
        let mut history = rows(&whole, "1_a 3_c");
        // It ran in place under another name.
        history.push(HistoryRow { revision: id("p_s"), seq: 3, ..rows(&whole, "4_d")[0].clone() });
        let comparison = compare(&graph, &history, &Checksum::of).with_skipped(&skipped);
        let states: Vec<String> =
            comparison.states().iter().map(|of| format!("{} {}", of.revision, of.state)).collect();
        assert_eq!(states, ["1_a applied", "3_c skipped", "p_s skipped", "2_b skipped", "5_e pending"]);
        assert_eq!(names(comparison.by_seq().map(|state| &state.revision)), ["1_a"]);
        assert_eq!((comparison.missing().count(), comparison.skipped().count()), (0, 3));
    }

    #[test]
    fn a_dependency_makes_late_too() {
        let graph = draw("1_a in other\n2_b needs 1_a");
        assert_eq!(states(&graph, &rows(&graph, "2_b")), ["1_a late", "2_b applied"]);
    }

    #[test]
    fn a_row_finds_its_migration_by_origin() {
        let in_place = draw("auth_users in package:auth from auth/users");
        let published = draw("5_users from auth/users");
        let history = rows(&in_place, "auth_users");
        let mut expected = history.clone();
        // The body of a drawn migration names its stem, so only the checksum differs.
        expected[0].checksum = Checksum::of(published.iter().next().unwrap());
        assert_eq!(states(&published, &expected), ["5_users applied"]);
        let comparison = compare(&published, &expected, &Checksum::of);
        assert_eq!(names(comparison.applied()), ["5_users"]);
        assert!(comparison.is_up_to_date());
    }

    #[test]
    fn a_file_never_shares_the_row_of_another_with_its_origin() {
        let graph = draw("5_users from auth/users\n6_copy from auth/users");
        assert_eq!(states(&graph, &rows(&graph, "5_users")), ["5_users applied", "6_copy pending"]);
    }
}
