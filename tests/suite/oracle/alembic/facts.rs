//! What is true of a drawing, found out in the plainest way: neither our graph nor Alembic is asked.
//!
//! Sets of revisions are the bits of a number, so there are at most 64 of them.

use super::drawing::Drawing;

/// Revisions by their place in the drawing.
pub(super) type Set = u64;

#[derive(Clone, Debug)]
pub(super) struct Facts {
    pub names: Vec<String>,
    /// The places in the order in which files are sorted.
    by_file: Vec<usize>,
    pub parents: Vec<Set>,
    pub needs: Vec<Set>,
    pub kids: Vec<Set>,
    /// Lineage below and above, the revision included.
    pub up_to: Vec<Set>,
    pub from: Vec<Set>,
    /// The same with dependencies.
    pub all_up_to: Vec<Set>,
    pub all_from: Vec<Set>,
    labels: Vec<(String, usize)>,
}

pub(super) fn bit(at: usize) -> Set {
    1 << at
}

pub(super) fn members(set: Set) -> impl Iterator<Item = usize> {
    (0..64).filter(move |at| set & bit(*at) != 0)
}

/// The only member.
pub(super) fn only(set: Set) -> Option<usize> {
    (set.count_ones() == 1).then(|| set.trailing_zeros() as usize)
}

impl Facts {
    pub(super) fn of(drawing: &Drawing) -> Self {
        let names = drawing.names();
        let place = |name: &String| names.iter().position(|known| known == name);
        let set = |list: &[String]| list.iter().filter_map(place).fold(0, |set, at| set | bit(at));
        let parents: Vec<Set> = drawing.0.iter().map(|one| set(&one.parents)).collect();
        let needs: Vec<Set> = drawing.0.iter().map(|one| set(&one.needs)).collect();
        let both: Vec<Set> = parents.iter().zip(&needs).map(|(one, other)| one | other).collect();
        let turned = |edges: &[Set]| -> Vec<Set> {
            (0..edges.len())
                .map(|at| {
                    (0..edges.len())
                        .filter(|other| edges[*other] & bit(at) != 0)
                        .fold(0, |set, other| set | bit(other))
                })
                .collect()
        };
        let (kids, followers) = (turned(&parents), turned(&both));
        let mut by_file: Vec<usize> = (0..names.len()).collect();
        by_file.sort_by_key(|at| drawing.0[*at].stamp);
        let labels = drawing.0.iter().enumerate();
        let labels =
            labels.flat_map(|(at, one)| one.labels.iter().map(move |label| (label.clone(), at))).collect();
        Self {
            up_to: closed(&parents),
            from: closed(&kids),
            all_up_to: closed(&both),
            all_from: closed(&followers),
            names,
            by_file,
            parents,
            needs,
            kids,
            labels,
        }
    }

    pub(super) fn all(&self) -> Set {
        (0..self.names.len()).fold(0, |set, at| set | bit(at))
    }

    pub(super) fn place(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|known| known == name)
    }

    /// The revision that carries a label, or has the name.
    pub(super) fn carrier(&self, branch: &str) -> Option<usize> {
        self.labelled(branch).or_else(|| self.place(branch))
    }

    pub(super) fn labelled(&self, label: &str) -> Option<usize> {
        self.labels.iter().find(|(known, _)| known == label).map(|(_, at)| *at)
    }

    /// Whether revisions wait for each other.
    pub(super) fn has_cycle(&self) -> bool {
        let waits = |at: usize| {
            members(self.parents[at] | self.needs[at]).any(|other| self.all_up_to[other] & bit(at) != 0)
        };
        (0..self.names.len()).any(waits)
    }

    /// Whether a revision names what another of its parents and dependencies stands on.
    pub(super) fn says_too_much(&self) -> bool {
        let twice = |at: usize| {
            let named = self.parents[at] | self.needs[at];
            self.ends(named) != named
        };
        (0..self.names.len()).any(twice)
    }

    /// Those of a set that no other of them stands on.
    pub(super) fn ends(&self, set: Set) -> Set {
        members(set).filter(|at| self.all_from[*at] & set == bit(*at)).fold(0, |ends, at| ends | bit(at))
    }

    /// Everything below a set, and the set.
    pub(super) fn all_up_to_of(&self, set: Set) -> Set {
        members(set).fold(0, |below, at| below | self.all_up_to[at])
    }

    /// The revisions without children.
    pub(super) fn heads(&self) -> Set {
        (0..self.names.len()).filter(|at| self.kids[*at] == 0).fold(0, |heads, at| heads | bit(at))
    }

    pub(super) fn bases(&self) -> Set {
        (0..self.names.len()).filter(|at| self.parents[*at] == 0).fold(0, |bases, at| bases | bit(at))
    }

    /// Whether no merge joins a branch with something else.
    pub(super) fn unmerged(&self, carrier: usize) -> bool {
        let branch = self.from[carrier];
        members(branch & !bit(carrier)).all(|at| self.parents[at] & !branch == 0)
    }

    /// Whether nothing forks in a branch.
    pub(super) fn is_chain(&self, carrier: usize) -> bool {
        members(self.from[carrier]).all(|at| self.kids[at].count_ones() <= 1)
    }

    /// What can be applied next.
    pub(super) fn open(&self, applied: Set) -> Set {
        let ready = |at: &usize| (self.parents[*at] | self.needs[*at]) & !applied == 0;
        members(self.all() & !applied).filter(ready).fold(0, |open, at| open | bit(at))
    }

    /// All revisions, each behind what it follows and needs; where there is a choice, by its file.
    pub(super) fn order(&self) -> Vec<usize> {
        let mut order = Vec::new();
        let mut done = 0;
        loop {
            let open = self.open(done);
            let Some(next) = self.by_file.iter().find(|at| open & bit(**at) != 0) else { return order };
            done |= bit(*next);
            order.push(*next);
        }
    }

    pub(super) fn set(&self, names: &[String]) -> Set {
        names.iter().filter_map(|name| self.place(name)).fold(0, |set, at| set | bit(at))
    }
}

/// From the direct edges to all that they lead to, the start included.
fn closed(edges: &[Set]) -> Vec<Set> {
    let mut reached: Vec<Set> = (0..edges.len()).map(bit).collect();
    loop {
        let before = reached.clone();
        for at in 0..edges.len() {
            reached[at] |= members(edges[at]).fold(0, |set, next| set | before[next]);
        }
        if reached == before {
            return reached;
        }
    }
}
