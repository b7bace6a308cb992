//! Order out of edges: a topological order with one answer only, or a cycle.
//!
//! It works on indices that stand in sort-key order, and knows nothing of migrations.

use std::{cmp::Reverse, collections::BinaryHeap};

/// A topological order, the smallest index first wherever there is a choice; else the indices of one cycle, each
/// waiting for the next.
pub(super) fn order(parents: &[Vec<usize>], dependencies: &[Vec<usize>]) -> Result<Vec<usize>, Vec<usize>> {
    let count = parents.len();
    let mut followers = vec![Vec::new(); count];
    let mut waits = vec![0_usize; count];
    for at in 0..count {
        for needed in parents[at].iter().chain(&dependencies[at]) {
            followers[*needed].push(at);
            waits[at] += 1;
        }
    }
    let mut ready: BinaryHeap<Reverse<usize>> =
        (0..count).filter(|at| waits[*at] == 0).map(Reverse).collect();
    let mut order = Vec::with_capacity(count);
    while let Some(Reverse(at)) = ready.pop() {
        order.push(at);
        for follower in &followers[at] {
            waits[*follower] -= 1;
            if waits[*follower] == 0 {
                ready.push(Reverse(*follower));
            }
        }
    }
    if order.len() == count {
        return Ok(order);
    }
    // What is left waits for something that is left too: following that must come back to where it has been.
    let mut path: Vec<usize> = Vec::new();
    let mut place = vec![None; count];
    let mut next = (0..count).find(|at| waits[*at] > 0);
    while let Some(at) = next {
        if let Some(start) = place[at] {
            path.drain(..start);
            break;
        }
        place[at] = Some(path.len());
        path.push(at);
        next = parents[at].iter().chain(&dependencies[at]).copied().find(|needed| waits[*needed] > 0);
    }
    // Begin at the smallest, so that one cycle has one description.
    if let Some(smallest) = (0..path.len()).min_by_key(|i| path[*i]) {
        path.rotate_left(smallest);
    }
    Err(path)
}

/// Removes, from the parents that nobody wrote, those that another parent descends from.
///
/// The heads so far of a line are judged by the edges inside the line. Where a revision descends from another by way
/// of a third line, both look like heads; left so, the next file would look like a merge.
pub(super) fn without_detours(parents: &mut [Vec<usize>], order: &[usize], implicit: impl Fn(usize) -> bool) {
    let mut rank = vec![0; order.len()];
    for (place, at) in order.iter().enumerate() {
        rank[*at] = place;
    }
    // Which revision's walk saw a place last, so that nothing has to be cleared between walks.
    let mut seen_by = vec![usize::MAX; order.len()];
    for at in 0..parents.len() {
        if parents[at].len() < 2 || !implicit(at) {
            continue;
        }
        // Nothing below the lowest parent can lead to one.
        let lowest = parents[at].iter().map(|parent| rank[*parent]).min().unwrap_or(0);
        let above = |next: &usize| rank[*next] >= lowest;
        let mut todo: Vec<usize> =
            parents[at].iter().flat_map(|parent| &parents[*parent]).copied().filter(above).collect();
        while let Some(next) = todo.pop() {
            if std::mem::replace(&mut seen_by[next], at) != at {
                todo.extend(parents[next].iter().copied().filter(above));
            }
        }
        let kept = parents[at].iter().copied().filter(|parent| seen_by[*parent] != at).collect();
        parents[at] = kept;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_smallest_first_wherever_there_is_a_choice() {
        let parents = [vec![], vec![3], vec![], vec![], vec![1, 2]];
        assert_eq!(order(&parents, &vec![Vec::new(); 5]), Ok(vec![0, 2, 3, 1, 4]));
    }

    #[test]
    fn a_cycle_is_told_without_what_leads_to_it() {
        let parents = [vec![], vec![0, 3], vec![1], vec![2], vec![3]];
        let dependencies = vec![Vec::new(); 5];
        assert_eq!(order(&parents, &dependencies), Err(vec![1, 3, 2]));
    }

    #[test]
    fn a_detour_is_no_merge() {
        // 2 stands on 1 by way of 0's child; 3 was given both.
        let mut parents = [vec![], vec![0], vec![1], vec![0, 2]];
        without_detours(&mut parents, &[0, 1, 2, 3], |at| at == 3);
        assert_eq!(parents[3], [2]);
        let mut written = [vec![], vec![0], vec![0, 1]];
        without_detours(&mut written, &[0, 1, 2], |_| false);
        assert_eq!(written[2], [0, 1]);
    }
}
