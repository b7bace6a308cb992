//! The graph as a text for other tools: DOT for Graphviz, and Mermaid for pages that draw it.
//!
//! Edges go from a revision to what it follows, dashed to what it only depends on. What is not among the revisions asked
//! for is not drawn, and no edge leads to it.

use std::{collections::HashMap, fmt::Write as _};

use super::Graph;
use crate::migration::RevisionId;

/// What stands below the name of a revision, line by line.
pub type Notes<'a> = &'a dyn Fn(&RevisionId) -> Vec<String>;

/// An edge between two of the revisions asked for, by their places.
struct Edge {
    from: usize,
    to: usize,
    lineage: bool,
}

impl Graph {
    /// A `digraph` for Graphviz.
    #[must_use]
    pub fn dot(&self, revisions: &[RevisionId], notes: Notes<'_>) -> String {
        let mut text = "digraph migrations {\n  rankdir = BT;\n  node [shape = box];\n".to_owned();
        let quoted = |words: &str| format!("\"{}\"", escaped_for_dot(words));
        for revision in revisions {
            let lines: Vec<String> =
                label(revision, notes).iter().map(|line| escaped_for_dot(line)).collect();
            let _ = writeln!(text, "  {} [label = \"{}\"];", quoted(revision.as_str()), lines.join("\\n"));
        }
        for edge in self.edges_among(revisions) {
            let (from, to) = (quoted(revisions[edge.from].as_str()), quoted(revisions[edge.to].as_str()));
            let style = if edge.lineage { "" } else { " [style = dashed]" };
            let _ = writeln!(text, "  {from} -> {to}{style};");
        }
        text.push('}');
        text
    }

    /// A `flowchart` for Mermaid.
    #[must_use]
    pub fn mermaid(&self, revisions: &[RevisionId], notes: Notes<'_>) -> String {
        let mut text = "flowchart BT".to_owned();
        for (at, revision) in revisions.iter().enumerate() {
            let lines: Vec<String> =
                label(revision, notes).iter().map(|line| escaped_for_mermaid(line)).collect();
            let _ = write!(text, "\n  r{at}[\"{}\"]", lines.join("<br/>"));
        }
        for edge in self.edges_among(revisions) {
            let arrow = if edge.lineage { "-->" } else { "-.->" };
            let _ = write!(text, "\n  r{} {arrow} r{}", edge.from, edge.to);
        }
        text
    }

    fn edges_among(&self, revisions: &[RevisionId]) -> Vec<Edge> {
        let places: HashMap<&RevisionId, usize> =
            revisions.iter().enumerate().map(|(at, revision)| (revision, at)).collect();
        let mut edges = Vec::new();
        for (from, revision) in revisions.iter().enumerate() {
            let mut add = |below: &[RevisionId], lineage| {
                let known = below.iter().filter_map(|below| places.get(below));
                edges.extend(known.map(|to| Edge { from, to: *to, lineage }));
            };
            add(self.parents(revision), true);
            add(self.dependencies(revision), false);
        }
        edges
    }
}

fn label(revision: &RevisionId, notes: Notes<'_>) -> Vec<String> {
    std::iter::once(revision.to_string()).chain(notes(revision)).collect()
}

/// A line of a quoted string of DOT: only the quote ends one, and a backslash would begin an escape of its labels.
fn escaped_for_dot(line: &str) -> String {
    line.replace('\\', "\\\\").replace('"', "\\\"").replace(['\n', '\r'], " ")
}

/// A line of a quoted label of Mermaid, which reads `#name;` as HTML reads `&name;`.
fn escaped_for_mermaid(line: &str) -> String {
    let mut text = String::with_capacity(line.len());
    for c in line.chars() {
        match c {
            '"' => text.push_str("#quot;"),
            '#' => text.push_str("#35;"),
            '&' => text.push_str("#amp;"),
            '<' => text.push_str("#lt;"),
            '>' => text.push_str("#gt;"),
            '`' => text.push_str("#96;"),
            '\\' => text.push_str("#92;"),
            '\n' | '\r' => text.push(' '),
            c => text.push(c),
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::{draw, id};

    fn notes(revision: &RevisionId) -> Vec<String> {
        let awkward = revision.as_str() == "2_b";
        awkward.then(|| "says \"hi\" <b> & #1 \\n\nbye".to_owned()).into_iter().collect()
    }

    const DRAWING: &str = "1_a
        2_b <- 1_a
        3_c <- 1_a
        4_d <- 2_b,3_c
        5_e in other needs 3_c";

    #[test]
    fn dot_quotes_what_could_end_a_string() {
        let graph = draw(DRAWING);
        let expected = r#"digraph migrations {
  rankdir = BT;
  node [shape = box];
  "1_a" [label = "1_a"];
  "2_b" [label = "2_b\nsays \"hi\" <b> & #1 \\n bye"];
  "3_c" [label = "3_c"];
  "4_d" [label = "4_d"];
  "5_e" [label = "5_e"];
  "2_b" -> "1_a";
  "3_c" -> "1_a";
  "4_d" -> "2_b";
  "4_d" -> "3_c";
  "5_e" -> "3_c" [style = dashed];
}"#;
        assert_eq!(graph.dot(graph.order(), &notes), expected);
    }

    #[test]
    fn mermaid_writes_entities() {
        let graph = draw(DRAWING);
        let expected = r#"flowchart BT
  r0["1_a"]
  r1["2_b<br/>says #quot;hi#quot; #lt;b#gt; #amp; #35;1 #92;n bye"]
  r2["3_c"]
  r3["4_d"]
  r4["5_e"]
  r1 --> r0
  r2 --> r0
  r3 --> r1
  r3 --> r2
  r4 -.-> r2"#;
        assert_eq!(graph.mermaid(graph.order(), &notes), expected);
    }

    #[test]
    fn no_edge_leads_to_what_is_not_drawn() {
        let graph = draw(DRAWING);
        let some = [id("4_d"), id("2_b")];
        let plain = |_: &RevisionId| Vec::new();
        assert_eq!(graph.mermaid(&some, &plain), "flowchart BT\n  r0[\"4_d\"]\n  r1[\"2_b\"]\n  r0 --> r1");
        assert_eq!(graph.dot(&some, &plain).matches("->").count(), 1);
    }
}
