//! What is wrong with a bundle, for the author of the package.

use super::StubTextError;

/// A bundle that can not be used.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum BundleError {
    /// A name that could not be part of a file name.
    #[error(
        "package `{package}` bundles `{stub}`, which is no stub name; `a-z`, `0-9`, `_` and `-` are allowed"
    )]
    BadName {
        /// The package.
        package: String,
        /// The stub as written.
        stub: String,
    },
    /// Two stubs of one name.
    #[error("package `{package}` bundles two stubs called `{stub}`")]
    Twice {
        /// The package.
        package: String,
        /// The stub.
        stub: String,
    },
    /// A stub after something that is not there.
    #[error("stub `{stub}` of package `{package}` comes after `{after}`, which no linked package bundles")]
    UnknownAfter {
        /// The package.
        package: String,
        /// The stub.
        stub: String,
        /// What it names.
        after: String,
    },
    /// A follow-up of something that is not there.
    #[error("stub `{stub}` of package `{package}` follows `{follows}`, which the package does not bundle")]
    UnknownFollows {
        /// The package.
        package: String,
        /// The follow-up.
        stub: String,
        /// What it names.
        follows: String,
    },
    /// The package's version, or a `since`, that is none.
    #[error("stub `{stub}` of package `{package}` names the version `{version}`, which is none")]
    Version {
        /// The package.
        package: String,
        /// The stub.
        stub: String,
        /// What is written.
        version: String,
    },
    /// A follow-up for a version that is still to come.
    #[error(
        "stub `{stub}` of package `{package}` is a follow-up since {since}, and the package is {version}"
    )]
    SinceLater {
        /// The package.
        package: String,
        /// The follow-up.
        stub: String,
        /// Its version.
        since: String,
        /// The package's version.
        version: String,
    },
    /// Stubs or packages that wait for each other.
    #[error("the stubs of package `{package}` come after each other in a circle: {}", names.join(", "))]
    Circle {
        /// The (first) package.
        package: String,
        /// The stubs, or the packages, of the circle.
        names: Vec<String>,
    },
    /// A text that is no migration.
    #[error("stub `{stub}` of package `{package}` {problem}")]
    Text {
        /// The package.
        package: String,
        /// The stub.
        stub: String,
        /// What is wrong with it.
        problem: StubTextError,
    },
    /// A former text that is no migration, or that is the text of now.
    #[error("a former text of stub `{stub}` of package `{package}` {problem}")]
    Former {
        /// The package.
        package: String,
        /// The stub.
        stub: String,
        /// What is wrong with it.
        problem: StubTextError,
    },
}

impl BundleError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            BundleError::BadName { .. } => "rename the stub in the package's `bundle!`".to_owned(),
            BundleError::Twice { .. } => "one name, one stub: rename one of them".to_owned(),
            BundleError::UnknownAfter { after, .. } => match after.split_once('/') {
                Some((package, _)) => {
                    format!(
                        "name the package once, so that it is linked: `use {} as _;`",
                        package.replace('-', "_")
                    )
                }
                None => "another package's stub is written `after [\"package/stub\"]`".to_owned(),
            },
            BundleError::UnknownFollows { .. } => {
                "a follow-up is for a stub of its own package: `follows create_users_table since \"0.2.0\"`"
                    .to_owned()
            }
            BundleError::Version { .. } => "write it as `0.2.0`".to_owned(),
            BundleError::SinceLater { .. } => {
                "`since` is the first version whose stub has the new shape: raise the package's version, or mend `since`"
                    .to_owned()
            }
            BundleError::Circle { .. } => "take one `after` out of the package's `bundle!`".to_owned(),
            BundleError::Text { .. } => "mend the stub in the package".to_owned(),
            BundleError::Former { .. } => {
                "a former text is the stub as an older version of the package had it".to_owned()
            }
        }
    }
}
