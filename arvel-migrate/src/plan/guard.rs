//! Which states of a history stop a command that changes it, and which are only worth a warning.

use super::{Plan, PlanError};
use crate::{
    history::{Comparison, RevisionState},
    migration::RevisionId,
};

/// What to do about a state.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Conduct {
    /// Go on, and say so.
    Warn,
    /// Stop before anything runs.
    Refuse,
}

/// The settings of a project. The default is graph.md's: missing, changed and failed refuse, late runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Policy {
    /// `migrations.missing`, for what is missing and what is changed.
    pub missing: Conduct,
    /// `migrations.late`, or `--strict-order`.
    pub late: Conduct,
}

impl Default for Policy {
    fn default() -> Self {
        Self { missing: Conduct::Refuse, late: Conduct::Warn }
    }
}

/// A state that did not stop the command.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// What it would have been, had it been refused: its text, code and hint serve both.
    pub about: PlanError,
}

/// Judges all states of a history before a command that changes it, late ones anywhere in the graph included.
///
/// Failed revisions are left to the executor, which knows from the journal how far they came.
///
/// # Errors
/// [`PlanError::Missing`], [`PlanError::Changed`] or [`PlanError::Late`], where the policy refuses it.
pub fn guard(comparison: &Comparison, policy: &Policy) -> Result<Vec<Warning>, PlanError> {
    judge(comparison, names(comparison.late()), policy)
}

/// Judges as [`guard`] does, but counts only those late revisions that the plan applies: what is late on another
/// branch stops neither an upgrade elsewhere nor a rollback.
///
/// # Errors
/// As [`guard`].
pub fn guard_plan(comparison: &Comparison, plan: &Plan, policy: &Policy) -> Result<Vec<Warning>, PlanError> {
    let late = plan.steps.iter().filter(|step| step.late).map(|step| step.revision.clone()).collect();
    judge(comparison, late, policy)
}

fn judge(comparison: &Comparison, late: Vec<RevisionId>, policy: &Policy) -> Result<Vec<Warning>, PlanError> {
    let found = |revisions: Vec<RevisionId>, error: fn(Vec<RevisionId>) -> PlanError| {
        (!revisions.is_empty()).then(|| error(revisions))
    };
    let judged = [
        (policy.missing, found(names(comparison.missing()), |revisions| PlanError::Missing { revisions })),
        (policy.missing, found(names(comparison.changed()), |revisions| PlanError::Changed { revisions })),
        (policy.late, found(late, |revisions| PlanError::Late { revisions })),
    ];
    let mut warnings = Vec::new();
    for (conduct, error) in judged {
        match (conduct, error) {
            (_, None) => {}
            (Conduct::Refuse, Some(error)) => return Err(error),
            (Conduct::Warn, Some(about)) => warnings.push(Warning { about }),
        }
    }
    Ok(warnings)
}

fn names<'a>(states: impl Iterator<Item = &'a RevisionState>) -> Vec<RevisionId> {
    states.map(|state| state.revision.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        graph::testing::{draw, rows},
        history::compare,
        migration::Checksum,
        plan::{UpgradeTarget, upgrade},
    };

    #[test]
    fn refused_or_warned_of() {
        let graph = draw("1_a\n2_b");
        let comparison = |applied| compare(&graph, &rows(&graph, applied), &Checksum::of);
        let codes = |applied, policy: Policy| match guard(&comparison(applied), &policy) {
            Ok(warnings) => warnings.iter().map(|warning| warning.about.code()).collect::<Vec<_>>().join(" "),
            Err(error) => format!("{} {}", error.code(), error.exit().0),
        };
        let strict = Policy { late: Conduct::Refuse, ..Policy::default() };
        let lenient = Policy { missing: Conduct::Warn, late: Conduct::Warn };
        assert_eq!(codes("1_a", Policy::default()), "");
        assert_eq!(codes("2_b", Policy::default()), "plan.late");
        assert_eq!(codes("2_b", strict), "plan.late 7");
        assert_eq!(codes("9_gone 2_b", Policy::default()), "plan.missing 5");
        assert_eq!(codes("9_gone 2_b", lenient), "plan.missing plan.late");

        let late = comparison("2_b");
        let plan = upgrade(&graph, &late, &UpgradeTarget::Heads, "sqlite").unwrap();
        assert_eq!(guard_plan(&late, &plan, &strict).unwrap_err().code(), "plan.late");
        assert_eq!(guard_plan(&late, &Plan::default(), &strict), Ok(Vec::new()));
    }
}
