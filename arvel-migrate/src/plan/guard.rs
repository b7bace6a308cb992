//! Which states of a history stop a command that changes it, and which are only worth a warning.

use super::PlanError;
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

/// Judges the states of a history before a command that changes it.
///
/// Failed revisions are left to the executor, which knows from the journal how far they came.
///
/// # Errors
/// [`PlanError::Missing`], [`PlanError::Changed`] or [`PlanError::Late`], where the policy refuses it.
pub fn guard(comparison: &Comparison, policy: &Policy) -> Result<Vec<Warning>, PlanError> {
    let mut warnings = Vec::new();
    let mut judge =
        |revisions: Vec<RevisionId>, conduct: Conduct, error: fn(Vec<RevisionId>) -> PlanError| {
            if revisions.is_empty() {
                return Ok(());
            }
            match conduct {
                Conduct::Refuse => Err(error(revisions)),
                Conduct::Warn => {
                    warnings.push(Warning { about: error(revisions) });
                    Ok(())
                }
            }
        };
    judge(names(comparison.missing()), policy.missing, |revisions| PlanError::Missing { revisions })?;
    judge(names(comparison.changed()), policy.missing, |revisions| PlanError::Changed { revisions })?;
    judge(names(comparison.late()), policy.late, |revisions| PlanError::Late { revisions })?;
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
    }
}
