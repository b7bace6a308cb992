//! Which origins a command is about: `--package`, `--only`, and the names of packages.

use std::collections::BTreeSet;

use super::PlanError;
use crate::migration::Origin;

/// The origins of these packages and stubs, of all where none is named; in their order.
///
/// # Errors
/// [`PlanError`] for a package that has no origin, and for a stub that no such package has.
pub(super) fn selected<'a>(
    known: impl IntoIterator<Item = &'a Origin>,
    packages: &[String],
    only: &[String],
) -> Result<Vec<&'a Origin>, PlanError> {
    let mut candidates: Vec<&Origin> = known.into_iter().collect();
    let names: BTreeSet<&str> = candidates.iter().map(|origin| origin.package()).collect();
    if let Some(unknown) = packages.iter().find(|package| !names.contains(package.as_str())) {
        return Err(PlanError::UnknownPackage {
            package: unknown.clone(),
            registered: names.into_iter().map(str::to_owned).collect(),
        });
    }
    candidates.retain(|origin| packages.is_empty() || packages.iter().any(|name| name == origin.package()));
    if let Some(unknown) = only.iter().find(|name| !candidates.iter().any(|of| is_called(of, name))) {
        return Err(PlanError::UnknownStub {
            stub: unknown.clone(),
            registered: candidates.iter().map(ToString::to_string).collect(),
        });
    }
    candidates.retain(|origin| only.is_empty() || only.iter().any(|name| is_called(origin, name)));
    Ok(candidates)
}

/// Whether `--only` means this stub: by its name alone, or as `package/stub`.
pub(super) fn is_called(origin: &Origin, name: &str) -> bool {
    name == origin.stub() || name == origin.to_string()
}
