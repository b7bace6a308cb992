//! From a [`Target`] to revisions, given a graph and what is applied.
//!
//! Offsets count along one lineage: up in graph order, down in the
//! order of application, which is total, so `-1` is never ambiguous at a merge.

use super::{
    DowngradeTarget, Graph, Positions, Rung, StampTarget, Symbol, Target, TargetError, UpgradeTarget,
    walk::Along,
};
use crate::migration::RevisionId;

impl Target {
    /// The revisions that the target names, for commands that only look. `base` is nothing.
    ///
    /// `applied` holds the applied revisions of the graph in the order of application.
    ///
    /// # Errors
    /// [`TargetError`] when it names nothing, too much, or goes too far.
    pub fn revisions(&self, graph: &Graph, applied: &[RevisionId]) -> Result<Vec<RevisionId>, TargetError> {
        let resolver = Resolver::new(self, graph, applied)?;
        let Some(offset) = self.offset() else { return Ok(graph.names(resolver.anchors()?)) };
        let found = match (self.symbol(), offset > 0) {
            (Some(_), true) => resolver.steps_up()?.last().copied(),
            (Some(_), false) => {
                let line = resolver.lineage(false)?;
                let left = resolver.left(&line)?;
                left.last().copied()
            }
            (None, true) => {
                let open =
                    resolver.members().filter(|at| !resolver.applied.contains(*at)).collect::<Vec<_>>();
                resolver.first(&open)?.last().copied()
            }
            (None, false) => {
                let done = resolver.applied_members();
                resolver.left(&done)?.last().copied()
            }
        };
        Ok(graph.names(found))
    }

    /// What an upgrade to this target applies.
    ///
    /// # Errors
    /// [`TargetError`] as for [`Target::revisions`], and for a target that goes down.
    pub fn for_upgrade(&self, graph: &Graph, applied: &[RevisionId]) -> Result<UpgradeTarget, TargetError> {
        let resolver = Resolver::new(self, graph, applied)?;
        let down = || TargetError::WrongDirection { target: self.text().to_owned(), down: true };
        match (self.symbol(), self.offset()) {
            (Some(Symbol::Base), None | Some(..=0)) => Err(down()),
            (Some(Symbol::Heads), None) if self.branch().is_none() => Ok(UpgradeTarget::Heads),
            (Some(_), None) => Ok(UpgradeTarget::Revisions(graph.names(resolver.anchors()?))),
            (Some(_), Some(1..)) => Ok(UpgradeTarget::Revisions(graph.names(resolver.steps_up()?))),
            (Some(_), Some(_)) => {
                let line = resolver.lineage(false)?;
                let left = resolver.left(&line)?;
                match left.last() {
                    Some(at) => Ok(UpgradeTarget::Revisions(graph.names([*at]))),
                    None => Err(down()),
                }
            }
            (None, Some(1..)) => Ok(match self.branch() {
                None => UpgradeTarget::Next(resolver.count()),
                Some(branch) => UpgradeTarget::NextOf {
                    branch: branch.to_owned(),
                    members: graph.names(resolver.members()),
                    count: resolver.count(),
                },
            }),
            (None, _) => Err(down()),
        }
    }

    /// What a downgrade to this target undoes or keeps.
    ///
    /// # Errors
    /// [`TargetError`] as for [`Target::revisions`], and for a target that goes up.
    pub fn for_downgrade(
        &self,
        graph: &Graph,
        applied: &[RevisionId],
    ) -> Result<DowngradeTarget, TargetError> {
        let resolver = Resolver::new(self, graph, applied)?;
        match (self.symbol(), self.offset()) {
            (Some(Symbol::Base), None) => Ok(match resolver.branch_base()? {
                None => DowngradeTarget::Base,
                Some(members) => DowngradeTarget::Undo(members),
            }),
            (Some(_), None) => Ok(DowngradeTarget::Keep(graph.names(resolver.anchors()?))),
            (Some(_), Some(1..)) => {
                let above = resolver.above()?;
                let above =
                    resolver.by_seq.iter().copied().filter(|at| above.contains(*at)).collect::<Vec<_>>();
                Ok(DowngradeTarget::Keep(graph.names(resolver.first(&above)?.last().copied())))
            }
            (Some(_), Some(_)) => {
                let line = resolver.lineage(true)?;
                let left = resolver.left(&line)?.len();
                Ok(DowngradeTarget::Undo(graph.names(line[left..].iter().copied())))
            }
            (None, Some(..=0)) if self.branch().is_none() => Ok(DowngradeTarget::Steps(resolver.count())),
            (None, Some(..=0)) => {
                let done = resolver.applied_members();
                let left = resolver.left(&done)?.len();
                Ok(DowngradeTarget::Undo(graph.names(done[left..].iter().copied())))
            }
            (None, _) => Err(TargetError::WrongDirection { target: self.text().to_owned(), down: false }),
        }
    }

    /// What a stamp of this target says.
    ///
    /// # Errors
    /// [`TargetError`] as for [`Target::revisions`].
    pub fn for_stamp(&self, graph: &Graph, applied: &[RevisionId]) -> Result<StampTarget, TargetError> {
        if (self.symbol(), self.offset()) == (Some(&Symbol::Base), None) {
            let base = Resolver::new(self, graph, applied)?.branch_base()?;
            return Ok(base.map_or(StampTarget::Base, StampTarget::BranchBase));
        }
        let revisions = self.revisions(graph, applied)?;
        // `-N` that reaches below the first one.
        let below = revisions.is_empty() && self.offset().is_some();
        Ok(if below { StampTarget::Base } else { StampTarget::Revisions(revisions) })
    }
}

/// What stands before `@`.
struct Branch<'a> {
    name: &'a str,
    members: Positions,
    label: bool,
}

struct Resolver<'a> {
    target: &'a Target,
    graph: &'a Graph,
    by_seq: Vec<usize>,
    applied: Positions,
    branch: Option<Branch<'a>>,
}

impl<'a> Resolver<'a> {
    fn new(target: &'a Target, graph: &'a Graph, applied: &[RevisionId]) -> Result<Self, TargetError> {
        let by_seq = graph.positions(applied);
        let branch = match target.branch() {
            None => None,
            Some(name) => {
                let (at, rung) = graph.lookup(name)?;
                let label = rung == Rung::Label;
                let members = if label { graph.branch_from(at) } else { graph.from([at], Along::Lineage) };
                Some(Branch { name, members, label })
            }
        };
        Ok(Self { target, graph, applied: Positions::of(graph, by_seq.iter().copied()), by_seq, branch })
    }

    /// The size of the offset.
    fn count(&self) -> usize {
        usize::try_from(self.target.offset().unwrap_or(0).unsigned_abs()).unwrap_or(usize::MAX)
    }

    fn within(&self, at: usize) -> bool {
        self.branch.as_ref().is_none_or(|branch| branch.members.contains(at))
    }

    /// The revisions of the branch, or all, in graph order.
    fn members(&self) -> impl Iterator<Item = usize> {
        (0..self.graph.len()).filter(|at| self.within(*at))
    }

    /// The applied ones of them, in the order of application.
    fn applied_members(&self) -> Vec<usize> {
        self.by_seq.iter().copied().filter(|at| self.within(*at)).collect()
    }

    /// What the symbol names, without the offset.
    fn anchors(&self) -> Result<Vec<usize>, TargetError> {
        let members = Positions::of(self.graph, self.members());
        Ok(match self.target.symbol() {
            Some(Symbol::Head) => {
                let heads = self.graph.of_the_application(&self.graph.heads_within(&members));
                if heads.len() > 1 {
                    return Err(self.multiple_heads(&heads));
                }
                heads
            }
            Some(Symbol::Heads) => self.graph.heads_within(&members),
            Some(Symbol::Current) => {
                let mut applied = self.applied.clone();
                (0..self.graph.len()).filter(|at| !self.within(*at)).for_each(|at| applied.remove(at));
                self.graph.heads_within(&applied)
            }
            Some(Symbol::Name(name)) => {
                let (at, _) = self.graph.lookup(name)?;
                if let Some(branch) = self.branch.as_ref().filter(|branch| !branch.members.contains(at)) {
                    let revision = self.graph.at(at).clone();
                    return Err(TargetError::OutsideBranch { branch: branch.name.to_owned(), revision });
                }
                vec![at]
            }
            Some(Symbol::Base) | None => Vec::new(),
        })
    }

    /// The one revision to count from; `None` for `base` and for an empty graph or database.
    fn anchor(&self) -> Result<Option<usize>, TargetError> {
        let anchors = self.anchors()?;
        if anchors.len() > 1 {
            let current = self.graph.names(anchors);
            return Err(TargetError::MultipleCurrent { target: self.target.text().to_owned(), current });
        }
        Ok(anchors.first().copied())
    }

    /// What descends from the anchor, without it; everything, from `base`.
    fn above(&self) -> Result<Positions, TargetError> {
        let mut above = match self.anchor()? {
            Some(at) => {
                let mut above = self.graph.from([at], Along::Lineage);
                above.remove(at);
                above
            }
            None => Positions::of(self.graph, 0..self.graph.len()),
        };
        (0..self.graph.len()).filter(|at| !self.within(*at)).for_each(|at| above.remove(at));
        Ok(above)
    }

    /// The first N above the anchor, in graph order.
    fn steps_up(&self) -> Result<Vec<usize>, TargetError> {
        let above: Vec<usize> = self.above()?.iter().collect();
        self.first(&above).map(<[usize]>::to_vec)
    }

    /// The anchor behind its ancestors: in graph order, or as they were applied and then what is pending.
    fn lineage(&self, as_applied: bool) -> Result<Vec<usize>, TargetError> {
        let Some(anchor) = self.anchor()? else { return Ok(Vec::new()) };
        let mut below = self.graph.up_to([anchor], Along::Lineage);
        below.remove(anchor);
        let mut line: Vec<usize> = Vec::new();
        if as_applied {
            line.extend(self.by_seq.iter().copied().filter(|at| below.contains(*at)));
            self.by_seq.iter().for_each(|at| below.remove(*at));
        }
        line.extend(below.iter());
        line.push(anchor);
        line.retain(|at| self.within(*at));
        Ok(line)
    }

    /// The first N, which must be there.
    fn first<'b>(&self, line: &'b [usize]) -> Result<&'b [usize], TargetError> {
        line.get(..self.count()).ok_or_else(|| self.too_far(line.len()))
    }

    /// What is left without the last N, which must be there.
    fn left<'b>(&self, line: &'b [usize]) -> Result<&'b [usize], TargetError> {
        let left = line.len().checked_sub(self.count()).ok_or_else(|| self.too_far(line.len()))?;
        Ok(&line[..left])
    }

    /// For `base`: the members of the branch, or `None` when no branch is named.
    fn branch_base(&self) -> Result<Option<Vec<RevisionId>>, TargetError> {
        match &self.branch {
            None => Ok(None),
            Some(branch) if branch.label => Ok(Some(self.graph.names(branch.members.iter()))),
            Some(branch) => Err(TargetError::NotALabel {
                target: self.target.text().to_owned(),
                branch: branch.name.to_owned(),
            }),
        }
    }

    fn too_far(&self, available: usize) -> TargetError {
        TargetError::TooFar { target: self.target.text().to_owned(), available: Some(available) }
    }

    fn multiple_heads(&self, heads: &[usize]) -> TargetError {
        let instead = heads.iter().map(|head| {
            let label =
                self.graph.labels.iter().find(|(_, carrier)| {
                    self.graph.heads_within(&self.graph.branch_from(**carrier)) == [*head]
                });
            label.map_or_else(|| self.graph.at(*head).to_string(), |(label, _)| format!("{label}@head"))
        });
        TargetError::MultipleHeads {
            target: self.target.text().to_owned(),
            instead: instead.collect(),
            heads: self.graph.names(heads.iter().copied()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::graph::testing::{draw, id, names};

    const DRAWING: &str = "1_a
        2_b <- 1_a @blog
        3_c <- 1_a
        4_d <- 2_b
        5_e <- 3_c";

    #[test]
    fn the_head_is_the_applications() {
        let head = |drawing| {
            let found = Target::parse("head").unwrap().revisions(&draw(drawing), &[]);
            found.map(|found| names(&found).join(" ")).map_err(|error| error.code())
        };
        assert_eq!(head("a_x in package:a\nb_y in package:b\n1_a\n2_b").as_deref(), Ok("2_b"));
        assert_eq!(head("a_x in package:a").as_deref(), Ok("a_x"));
        assert_eq!(head("a_x in package:a\n1_a\n2_b <- root"), Err("target.multiple_heads"));
        assert_eq!(head("a_x in package:a\nb_y in package:b"), Err("target.multiple_heads"));
    }

    #[test]
    fn what_a_target_names() {
        let graph = draw(DRAWING);
        let applied = [id("1_a"), id("3_c"), id("2_b")];
        let cases: [(&str, &[&str]); 21] = [
            ("heads", &["4_d", "5_e"]),
            ("base", &[]),
            ("current", &["2_b", "3_c"]),
            ("blog", &["2_b"]),
            ("blog@head", &["4_d"]),
            ("blog@heads", &["4_d"]),
            ("blog@base", &[]),
            ("blog@current", &["2_b"]),
            ("blog@4_d", &["4_d"]),
            ("3_c@head", &["5_e"]),
            ("blog@head-1", &["2_b"]),
            ("5_e-2", &["1_a"]),
            ("5_e-3", &[]),
            ("2_b+1", &["4_d"]),
            ("blog+1", &["4_d"]),
            ("base+1", &["1_a"]),
            ("+1", &["4_d"]),
            ("-1", &["3_c"]),
            ("-3", &[]),
            ("blog@+1", &["4_d"]),
            ("blog@-1", &[]),
        ];
        for (target, expected) in cases {
            let found = Target::parse(target).unwrap().revisions(&graph, &applied).unwrap();
            assert_eq!(names(&found), expected, "{target}");
        }
    }

    #[test]
    fn what_names_nothing_or_too_much() {
        let graph = draw(DRAWING);
        let applied = [id("1_a"), id("3_c"), id("2_b")];
        let cases = [
            ("head", "target.multiple_heads"),
            ("1_a@head", "target.multiple_heads"),
            ("blog@3_c", "target.outside_branch"),
            ("current-1", "target.multiple_current"),
            ("head-1", "target.multiple_heads"),
            ("5_e-4", "target.too_far"),
            ("5_e+1", "target.too_far"),
            ("+3", "target.too_far"),
            ("-4", "target.too_far"),
            ("blog@head-3", "target.too_far"),
            ("nobody@head", "target.unknown"),
        ];
        for (target, code) in cases {
            let error = Target::parse(target).unwrap().revisions(&graph, &applied).unwrap_err();
            assert_eq!(error.code(), code, "{target}: {error}");
        }
    }

    #[test]
    fn several_heads_paste_the_two_ways_on() {
        let error = Target::parse("head").unwrap().revisions(&draw(DRAWING), &[]).unwrap_err();
        assert_eq!(
            format!("{error}; {}", error.hint()),
            "`head` needs one head, and there are 2: `4_d`, `5_e`; \
             name one: `blog@head`, `5_e`; `heads` is all of them, and `db merge heads` joins them"
        );
    }
}
