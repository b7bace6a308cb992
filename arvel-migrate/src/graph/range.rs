//! Ranges of the history: `a:b`, `a:`, `:b`.
//!
//! Both ends belong to it. A range that no lineage runs through is refused, never shown as empty.

use super::{Graph, Positions, Symbol, Target, TargetError, walk::Along};
use crate::migration::RevisionId;

/// A parsed range; at least one end is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    text: String,
    /// Where it begins; `None` is the base.
    pub from: Option<Target>,
    /// Where it ends; `None` is the heads.
    pub to: Option<Target>,
}

/// A range of a graph.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedRange {
    /// What it begins with; empty for the base.
    pub from: Vec<RevisionId>,
    /// What it ends with; empty for the base.
    pub to: Vec<RevisionId>,
    /// Everything from the beginning to the end, both included, in graph order.
    pub revisions: Vec<RevisionId>,
}

impl Range {
    /// Parses a range.
    ///
    /// # Errors
    /// [`TargetError::NotARange`] without a colon, with several, or without any end; else as [`Target::parse`].
    pub fn parse(text: &str) -> Result<Self, TargetError> {
        let not_a_range = || TargetError::NotARange { target: text.to_owned() };
        let (from, to) = text.split_once(':').ok_or_else(not_a_range)?;
        if (from.is_empty() && to.is_empty()) || to.contains(':') {
            return Err(not_a_range());
        }
        let end = |text: &str| if text.is_empty() { Ok(None) } else { Target::parse(text).map(Some) };
        Ok(Self { text: text.to_owned(), from: end(from)?, to: end(to)? })
    }

    /// What was written.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Whether an end of it means something only beside what is applied.
    #[must_use]
    pub fn needs_history(&self) -> bool {
        self.from.iter().chain(&self.to).any(Target::needs_history)
    }

    /// The revisions of the range. `applied` holds the applied revisions in the order of application.
    ///
    /// # Errors
    /// [`TargetError`] for an end that can not be resolved, and [`TargetError::EmptyRange`] when the start is not
    /// an ancestor of the end.
    pub fn resolve(&self, graph: &Graph, applied: &[RevisionId]) -> Result<ResolvedRange, TargetError> {
        let from = self.from.as_ref().map(|target| target.revisions(graph, applied)).transpose()?;
        let to = match &self.to {
            Some(target) => target.revisions(graph, applied)?,
            None => graph.heads(),
        };
        let below = graph.up_to(graph.positions(&to), Along::Everything);
        let from = from.unwrap_or_default();
        let revisions: Vec<usize> = if from.is_empty() {
            let base = self.from.as_ref().filter(|target| target.symbol() == Some(&Symbol::Base));
            match base.and_then(Target::branch) {
                // `label@base:…` begins where the branch does.
                Some(branch) => {
                    let carrier = graph.find(branch)?.0;
                    let members = graph.from(graph.positions([carrier]), Along::Lineage);
                    below.iter().filter(|at| members.contains(*at)).collect()
                }
                None => below.iter().collect(),
            }
        } else {
            let starts = Positions::of(graph, graph.positions(&from));
            let above = graph.from(starts.iter(), Along::Everything);
            below.iter().filter(|at| above.contains(*at)).collect()
        };
        if revisions.is_empty() && !from.is_empty() && !to.is_empty() {
            let ends = Positions::of(graph, graph.positions(&to));
            let under = graph.up_to(graph.positions(&from), Along::Everything);
            let backwards = under.iter().any(|at| ends.contains(at));
            return Err(TargetError::EmptyRange { range: self.text.clone(), backwards });
        }
        Ok(ResolvedRange { from, to, revisions: graph.names(revisions) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::{draw, id, names};

    #[test]
    fn both_ends_belong_to_it() {
        let graph = draw(
            "1_a
             2_b <- 1_a @blog
             3_c <- 1_a
             4_d <- 2_b
             5_e <- 3_c,4_d",
        );
        let applied = [id("1_a"), id("2_b")];
        let cases: [(&str, &[&str]); 7] = [
            ("2_b:5_e", &["2_b", "4_d", "5_e"]),
            ("1_a:3_c", &["1_a", "3_c"]),
            (":3_c", &["1_a", "3_c"]),
            ("4_d:", &["4_d", "5_e"]),
            ("base:current", &["1_a", "2_b"]),
            ("-1:", &["1_a", "2_b", "3_c", "4_d", "5_e"]),
            ("blog@base:4_d", &["2_b", "4_d"]),
        ];
        for (range, expected) in cases {
            let resolved = Range::parse(range).unwrap().resolve(&graph, &applied).unwrap();
            assert_eq!(names(&resolved.revisions), expected, "{range}");
        }
        for (range, code) in [("2_b:3_c", "target.empty_range"), ("5_e:1_a", "target.empty_range")] {
            let error = Range::parse(range).unwrap().resolve(&graph, &applied).unwrap_err();
            assert_eq!(error.code(), code);
        }
    }

    #[test]
    fn what_is_no_range() {
        for text in ["a", ":", "", "a:b:c", "a:+1x"] {
            assert!(Range::parse(text).is_err(), "{text}");
        }
        assert_eq!(Range::parse("a").unwrap_err().hint(), "write `a:`, `:a` or `A:B`");
    }
}
