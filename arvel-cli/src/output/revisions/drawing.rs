//! `db history --graph`: the graph as lines and circles, newest at the top. The lines are laid out by `renderdag`, which
//! draws them in Sapling and Jujutsu.

use std::collections::HashSet;

use arvel_migrate::{history::State, migration::RevisionId};
use renderdag::{Ancestor, GraphRowRenderer, Renderer};

use super::{Place, Places, block, text};

/// The graph of these revisions, which stand children first. A line that leads to something which is not among them ends
/// in `~`; to what a revision only depends on, it is dotted.
pub fn drawing(revisions: &[RevisionId], places: &Places<'_>, verbose: bool) -> String {
    let shown: HashSet<&RevisionId> = revisions.iter().collect();
    let mut renderer = GraphRowRenderer::new().output().build_box_drawing();
    let mut drawn = String::new();
    for revision in revisions {
        let place = places.get(revision);
        let below = |revision: &RevisionId, edge: fn(RevisionId) -> Ancestor<RevisionId>| {
            if shown.contains(revision) { edge(revision.clone()) } else { Ancestor::Anonymous }
        };
        let parents = place.parents.iter().map(|parent| below(parent, Ancestor::Parent));
        let needed = place.depends_on.iter().map(|needed| below(needed, Ancestor::Ancestor));
        let below = parents.chain(needed).collect();
        let message = if verbose { block(&place, places).join("\n") + "\n\n" } else { words(&place) };
        drawn.push_str(&renderer.next_row(revision.clone(), below, glyph(&place).to_owned(), message));
    }
    if verbose { drawn.trim_end().to_owned() } else { compact(&drawn) }
}

/// Without the lines that only go on: one between two circles is needed where they stand in one column and nothing
/// leads from the upper to the lower one.
///
/// The library can leave them out itself, but what it puts between two such circles then cuts the lines beside them.
fn compact(drawn: &str) -> String {
    let lines: Vec<&str> = drawn.trim_end().lines().collect();
    let column = |line: Option<&&str>| line.and_then(|line| line.chars().position(|c| GLYPHS.contains(&c)));
    let mut kept: Vec<&str> = Vec::with_capacity(lines.len());
    for (at, line) in lines.iter().enumerate() {
        let goes_on = line.chars().all(|c| matches!(c, '│' | '╷' | ' '));
        let (above, below) = (column(kept.last()), column(lines.get(at + 1)));
        let apart = above.is_some()
            && above == below
            && above.and_then(|at| line.chars().nth(at)).is_none_or(|c| c == ' ');
        if !goes_on || apart {
            kept.push(line);
        }
    }
    kept.join("\n")
}

/// Every circle.
const GLYPHS: [char; 4] = ['@', '●', '○', '×'];

fn words(place: &Place<'_>) -> String {
    // Only the words of what is not as usual: the circle shows what is applied.
    let state = match place.state.map(|state| state.state) {
        None | Some(State::Applied) => String::new(),
        Some(state) => format!(" [{state}]"),
    };
    format!("{}{state}{}", place.revision, text::titles(place))
}

/// `@` where the database is, `●` applied, `○` not applied or not known, `×` begun and not finished.
fn glyph(place: &Place<'_>) -> &'static str {
    match (place.current, place.state.map(|state| state.state)) {
        (_, Some(State::Failed)) => "×",
        (Some(true), _) => "@",
        (_, Some(State::Applied | State::Changed | State::Missing)) => "●",
        (_, Some(State::Pending | State::Late | State::Skipped) | None) => "○",
    }
}

#[cfg(test)]
mod tests {
    use std::{path::Path, sync::Arc};

    use arvel_migrate::{
        graph::Graph,
        migration::{Body, LineName, Migration, Parents, SqlSection, TransactionMode},
    };
    use proptest::prelude::*;

    use super::*;

    fn id(at: usize) -> RevisionId {
        RevisionId::new(format!("{at}_r")).unwrap()
    }

    /// Revision 0, 1, 2, …; each names the places of its parents.
    fn graph(parents: &[Vec<usize>]) -> Graph {
        let one = |(at, parents): (usize, &Vec<usize>)| {
            Arc::new(Migration {
                revision: id(at),
                stem: format!("{at}_r"),
                line: LineName::default_line(),
                parents: if parents.is_empty() {
                    Parents::Root
                } else {
                    Parents::Of(parents.iter().map(|parent| id(*parent)).collect())
                },
                depends_on: Vec::new(),
                labels: Vec::new(),
                origin: None,
                in_place: None,
                database: None,
                description: None,
                up: Body::Sql(SqlSection { text: "".into(), first_line: 1 }),
                down: None,
                up_transaction: TransactionMode::PerMigration,
                down_transaction: TransactionMode::PerMigration,
                reads: Vec::new(),
                given: arvel_migrate::Given::default(),
                path: None,
                text: None,
            })
        };
        Graph::build(parents.iter().enumerate().map(one).collect()).unwrap()
    }

    fn drawn(graph: &Graph) -> String {
        let mut revisions = graph.order().to_vec();
        revisions.reverse();
        let places = Places { graph, status: None, root: Path::new("") };
        anstream::adapter::strip_str(&drawing(&revisions, &places, false)).to_string()
    }

    /// Which ways a character leads: up, down, left, right.
    fn ways(c: char) -> [bool; 4] {
        let text = match c {
            '│' | '╷' | '~' => "ud",
            '○' => "ud",
            // Where it crosses another line, only one of them is drawn.
            '─' => "udlr",
            // Also where a merge joins a line that comes from above: the bend shows which way it goes on.
            '╭' => "udr",
            '╮' => "udl",
            '╰' => "ur",
            '╯' => "ul",
            '├' => "udr",
            '┤' => "udl",
            '┬' => "udlr",
            '┴' => "ulr",
            '┼' => "udlr",
            _ => "",
        };
        ['u', 'd', 'l', 'r'].map(|way| text.contains(way))
    }

    /// The revisions whose circles a line from below a circle leads to.
    fn reached(grid: &[Vec<char>], row: usize, column: usize) -> Vec<(usize, usize)> {
        let at = |row: usize, column: usize| {
            grid.get(row).and_then(|line| line.get(column)).copied().unwrap_or(' ')
        };
        let (mut todo, mut seen, mut found) = (vec![(row + 1, column, 0)], HashSet::new(), Vec::new());
        while let Some((row, column, entered_by)) = todo.pop() {
            let c = at(row, column);
            if !ways(c)[entered_by] || !seen.insert((row, column)) {
                continue;
            }
            if c == '○' {
                found.push((row, column));
                continue;
            }
            let [up, down, left, right] = ways(c);
            // Whoever goes down comes in from above.
            if up && row > 0 {
                todo.push((row - 1, column, 1));
            }
            if down {
                todo.push((row + 1, column, 0));
            }
            if left && column > 0 {
                todo.push((row, column - 1, 3));
            }
            if right {
                todo.push((row, column + 1, 2));
            }
        }
        found
    }

    #[test]
    fn forks_and_merges() {
        let graph = graph(&[vec![], vec![0], vec![0], vec![1], vec![3, 2], vec![]]);
        let expected = "\
○  5_r (head) (base)

○    4_r (head) (merge point)
├─╮
│ ○  3_r
○ │  2_r
│ ○  1_r
├─╯
○  0_r (branch point) (base)";
        assert_eq!(drawn(&graph), expected);
    }

    fn random() -> impl Strategy<Value = Vec<Vec<usize>>> {
        let picks = prop::collection::vec(
            (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..4u8),
            1..14,
        );
        picks.prop_map(|picks| {
            let one =
                |(at, (first, second, kind)): (usize, (prop::sample::Index, prop::sample::Index, u8))| {
                    let mut parents = match (at, kind) {
                        (0, _) | (_, 0) => Vec::new(),
                        (at, 3) => vec![first.index(at), second.index(at)],
                        (at, _) => vec![first.index(at)],
                    };
                    parents.dedup();
                    parents
                };
            picks.into_iter().enumerate().map(one).collect()
        })
    }

    proptest! {
        #[test]
        fn each_revision_once_and_a_line_to_each_parent(parents in random()) {
            let graph = graph(&parents);
            let text = drawn(&graph);
            let grid: Vec<Vec<char>> = text.lines().map(|line| line.chars().collect()).collect();
            let mut circles = std::collections::HashMap::new();
            for (row, line) in text.lines().enumerate() {
                if let Some(column) = line.chars().position(|c| c == '○') {
                    let name = line.split_whitespace().find(|word| word.ends_with("_r")).unwrap();
                    prop_assert!(circles.insert(RevisionId::new(name).unwrap(), (row, column)).is_none());
                }
            }
            prop_assert_eq!(circles.len(), graph.len());
            for revision in graph.order() {
                let (row, column) = circles[revision];
                let reached = reached(&grid, row, column);
                for parent in graph.parents(revision) {
                    prop_assert!(reached.contains(&circles[parent]), "{revision} to {parent}\n{text}");
                }
                let ends = graph.parents(revision).is_empty();
                prop_assert!(!ends || reached.is_empty(), "{revision} leads on\n{text}");
            }
        }
    }
}
