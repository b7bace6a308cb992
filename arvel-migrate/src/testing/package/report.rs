//! What a check of a package saw: that nothing was wrong says little about nothing that was looked at.

use std::fmt;

use super::bundle::Package;
use crate::publish::BundledStub;

/// What was looked at, and held.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct PackageReport {
    /// The package.
    pub package: String,
    /// Its version.
    pub version: String,
    /// Its own stubs, in the order in which they are published.
    pub stubs: Vec<String>,
    /// Its follow-ups, which bring files from older versions to the shape of now.
    pub follow_ups: Vec<String>,
    /// The packages that it needs, in that order.
    pub needs: Vec<String>,
    /// The tables that its own stubs make, sorted.
    pub tables: Vec<String>,
    /// The engines that it ran on, by their families: `sqlite`, `postgres`, `mysql`.
    pub engines: Vec<&'static str>,
    /// The engines that could not be reached.
    pub skipped: Vec<&'static str>,
}

impl PackageReport {
    pub(super) fn of(package: &Package) -> Self {
        let mut needs: Vec<String> = Vec::new();
        for stub in package.stubs.iter().filter(|stub| !package.owns(&stub.origin)) {
            if needs.last().is_none_or(|last| last != stub.origin.package()) {
                needs.push(stub.origin.package().to_owned());
            }
        }
        let own = package.published().filter(|stub| package.owns(&stub.origin));
        let names = |stub: &BundledStub| stub.origin.stub().to_owned();
        Self {
            package: package.name.clone(),
            version: package.version.clone(),
            stubs: own.map(names).collect(),
            follow_ups: package.follow_ups().map(names).collect(),
            needs,
            ..Self::default()
        }
    }
}

impl fmt::Display for PackageReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |names: &[String]| names.join(", ");
        write!(f, "{} {}: {} on {}", self.package, self.version, list(&self.stubs), self.engines.join(", "))?;
        if !self.follow_ups.is_empty() {
            write!(f, "; follow-ups: {}", list(&self.follow_ups))?;
        }
        if !self.needs.is_empty() {
            write!(f, "; needs {}", list(&self.needs))?;
        }
        if !self.skipped.is_empty() {
            write!(f, "; not reached: {}", self.skipped.join(", "))?;
        }
        Ok(())
    }
}
