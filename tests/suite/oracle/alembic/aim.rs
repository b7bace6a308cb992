//! Targets, and where the design says that both must do the same with them.
//!
//! What is said here is said of the drawing alone. Where it answers no, the two differ on purpose, or one of them refuses what
//! the other understands: `differences.rs` has a case for each such reason.

use std::fmt;

use super::facts::{Facts, Set, bit, members, only};

/// A target, written the same for both.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Aim {
    Heads,
    Head,
    Base,
    /// A revision or a label.
    Name(String),
    HeadOf(String),
    HeadsOf(String),
    BaseOf(String),
    Member(String, String),
    /// `+2`
    Next(usize),
    /// `label@+2`
    NextOf(String, usize),
    /// `-2`
    Last(usize),
    /// `label@-2`
    LastOf(String, usize),
    /// `rev+2`, also of `base`
    Above(String, usize),
    /// `rev-2`, also of `head`
    Below(String, usize),
}

impl fmt::Display for Aim {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Aim::Heads => f.write_str("heads"),
            Aim::Head => f.write_str("head"),
            Aim::Base => f.write_str("base"),
            Aim::Name(name) => f.write_str(name),
            Aim::HeadOf(branch) => write!(f, "{branch}@head"),
            Aim::HeadsOf(branch) => write!(f, "{branch}@heads"),
            Aim::BaseOf(branch) => write!(f, "{branch}@base"),
            Aim::Member(branch, name) => write!(f, "{branch}@{name}"),
            Aim::Next(count) => write!(f, "+{count}"),
            Aim::NextOf(branch, count) => write!(f, "{branch}@+{count}"),
            Aim::Last(count) => write!(f, "-{count}"),
            Aim::LastOf(branch, count) => write!(f, "{branch}@-{count}"),
            Aim::Above(name, count) => write!(f, "{name}+{count}"),
            Aim::Below(name, count) => write!(f, "{name}-{count}"),
        }
    }
}

/// Where steps from a revision lead, when each has one way to go only.
enum Walk {
    At(usize),
    /// One below the first.
    Base,
    Beyond,
    Forks,
}

#[derive(Clone, Copy, PartialEq)]
enum Way {
    Up,
    Down,
}

fn walk(facts: &Facts, start: usize, count: usize, way: Way) -> Walk {
    let mut at = start;
    for left in (1..=count).rev() {
        let next = if way == Way::Up { facts.kids[at] } else { facts.parents[at] };
        match only(next) {
            Some(one) => at = one,
            None if next != 0 => return Walk::Forks,
            None if left == 1 && way == Way::Down => return Walk::Base,
            None => return Walk::Beyond,
        }
    }
    Walk::At(at)
}

impl Aim {
    /// Whether an upgrade must be the same on both sides.
    pub(super) fn agrees_up(&self, facts: &Facts, applied: Set) -> bool {
        match self {
            Aim::Heads | Aim::Head | Aim::Name(_) => true,
            Aim::HeadOf(branch) => same_branch(facts, branch),
            Aim::HeadsOf(branch) => {
                let heads = facts.carrier(branch).map_or(0, |at| facts.from[at] & facts.heads());
                same_branch(facts, branch) && facts.ends(heads) == heads
            }
            Aim::Member(branch, name) => {
                let (Some(carrier), Some(at)) = (facts.carrier(branch), facts.place(name)) else {
                    return true;
                };
                let trunk = facts.up_to[carrier] & !bit(carrier);
                same_branch(facts, branch) && trunk & bit(at) == 0
            }
            Aim::Next(count) => forced_up(facts, applied, *count),
            Aim::NextOf(branch, _) => up_the_branch(facts, applied, branch),
            Aim::Above(name, count) if name == "base" => match only(facts.bases()) {
                Some(base) => !matches!(walk(facts, base, count - 1, Way::Up), Walk::Forks),
                None => false,
            },
            Aim::Above(name, count) => match facts.place(name) {
                Some(at) => !matches!(walk(facts, at, *count, Way::Up), Walk::Forks),
                None => true,
            },
            Aim::Below(name, count) => match head_or(facts, name) {
                Some(at) => !matches!(walk(facts, at, *count, Way::Down), Walk::Forks),
                None => true,
            },
            Aim::Base | Aim::BaseOf(_) | Aim::Last(_) | Aim::LastOf(..) => false,
        }
    }

    /// Whether a downgrade must be the same on both sides.
    pub(super) fn agrees_down(&self, facts: &Facts, applied: Set) -> bool {
        match self {
            Aim::Base => true,
            Aim::Name(name) => facts.carrier(name).is_none_or(|at| can_be_kept(facts, applied, at)),
            Aim::BaseOf(branch) => facts.labelled(branch).is_some_and(|at| facts.parents[at] == 0),
            Aim::Last(count) => forced_down(facts, applied, *count),
            Aim::LastOf(branch, count) => down_the_branch(facts, applied, branch, *count),
            Aim::Above(name, count) => {
                let Some(at) = facts.place(name) else { return name != "base" };
                match walk(facts, at, *count, Way::Up) {
                    Walk::At(target) => can_be_kept(facts, applied, target),
                    Walk::Beyond | Walk::Base => true,
                    Walk::Forks => false,
                }
            }
            Aim::Below(name, count) => {
                let Some(at) = facts.place(name) else { return name != "head" };
                if applied & bit(at) == 0 {
                    return false;
                }
                match walk(facts, at, *count, Way::Down) {
                    // What else stands on the target goes there, and stays here.
                    Walk::At(target) => (facts.kids[target] & applied).count_ones() == 1,
                    Walk::Base => facts.all_from[lowest(facts, at)] & applied == applied,
                    Walk::Beyond => true,
                    Walk::Forks => false,
                }
            }
            _ => false,
        }
    }
}

/// What `head` is, or the revision.
fn head_or(facts: &Facts, name: &str) -> Option<usize> {
    if name == "head" { only(facts.heads()) } else { facts.place(name) }
}

/// The base of a lineage without merges.
fn lowest(facts: &Facts, mut at: usize) -> usize {
    while let Some(parent) = only(facts.parents[at]) {
        at = parent;
    }
    at
}

/// Whether both mean the same revisions by what stands before `@`: a label ends here at a merge with something else, and
/// goes on there.
fn same_branch(facts: &Facts, branch: &str) -> bool {
    facts.labelled(branch).is_none_or(|carrier| facts.unmerged(carrier))
}

/// A target that nothing but dependents stands on is kept here, and refused there unless it is a row.
fn can_be_kept(facts: &Facts, applied: Set, at: usize) -> bool {
    applied & bit(at) == 0 || facts.kids[at] & applied != 0 || facts.ends(applied) & bit(at) != 0
}

/// Whether each of the next steps is the only one that there is, and the child of the one before it.
fn forced_up(facts: &Facts, applied: Set, count: usize) -> bool {
    let (mut done, mut last) = (applied, facts.ends(applied));
    for _ in 0..count {
        let next = match only(last) {
            Some(row) => facts.kids[row],
            None if last == 0 => facts.bases(),
            None => return false,
        };
        if next == 0 {
            return done == facts.all();
        }
        if next.count_ones() != 1 || facts.open(done) != next {
            return false;
        }
        (done, last) = (done | next, next);
    }
    true
}

/// Whether each of the last steps is the only one that can go, and the parent of the one before it.
fn forced_down(facts: &Facts, applied: Set, count: usize) -> bool {
    let mut left = applied;
    let Some(mut at) = only(facts.ends(applied)) else { return applied == 0 };
    for step in 1..=count {
        if only(facts.ends(left)) != Some(at) || facts.parents[at].count_ones() > 1 {
            return false;
        }
        left &= !bit(at);
        match only(facts.parents[at]) {
            Some(parent) => at = parent,
            None => return step == count || left == 0,
        }
    }
    true
}

/// `label@+N`, where the branch is a chain and is begun, or its trunk is there.
fn up_the_branch(facts: &Facts, applied: Set, branch: &str) -> bool {
    let Some(carrier) = facts.carrier(branch) else { return true };
    let begun = applied & bit(carrier) != 0;
    let trunk = facts.parents[carrier];
    let stands = begun || trunk == 0 || only(trunk & applied).is_some_and(|at| trunk == bit(at));
    facts.unmerged(carrier) && facts.is_chain(carrier) && stands
}

/// `label@-N`, where the branch is a chain and has so many.
fn down_the_branch(facts: &Facts, applied: Set, branch: &str, count: usize) -> bool {
    let Some(carrier) = facts.carrier(branch) else { return true };
    let begun = members(facts.from[carrier] & applied).count();
    let within = begun > count || (begun == count && facts.parents[carrier].count_ones() <= 1);
    facts.unmerged(carrier) && facts.is_chain(carrier) && begun > 0 && within
}
