//! `package/stub`: where a published migration comes from. It is an identity of its own, never a revision.

use std::{fmt, str::FromStr};

use super::{NameError, RevisionId};
use crate::shown::shown;

/// The package and the stub that a migration was published from, `arvel-auth/create_users_table`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Origin {
    package: String,
    stub: String,
}

/// An origin that is not `package/stub`.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "origin `{}` is not `package/stub` with names of `a-z`, `0-9`, `_` and `-`{}",
    shown(text),
    of_device(text)
)]
pub struct OriginError {
    /// What was written.
    pub text: String,
}

/// What more is said of `package/nul`.
fn of_device(text: &str) -> &'static str {
    match text.split('/').any(crate::project::is_device) {
        true => ", none of them a device on Windows",
        false => "",
    }
}

impl Origin {
    /// Puts an origin together.
    ///
    /// # Errors
    /// [`OriginError`] when one of the names has a character outside `[a-z0-9_-]` or is empty.
    pub fn new(package: &str, stub: &str) -> Result<Self, OriginError> {
        if is_package_name(package) && is_package_name(stub) {
            Ok(Self { package: package.to_owned(), stub: stub.to_owned() })
        } else {
            Err(OriginError { text: format!("{package}/{stub}") })
        }
    }

    /// The package, `arvel-auth`.
    #[must_use]
    pub fn package(&self) -> &str {
        &self.package
    }

    /// The revision of the migration where it runs in place, `arvel_auth_create_users_table`.
    ///
    /// # Errors
    /// [`NameError`] when it is longer than a revision can be.
    pub fn in_place(&self) -> Result<RevisionId, NameError> {
        RevisionId::new(format!("{}_{}", self.package, self.stub).replace('-', "_"))
    }

    /// The stub, `create_users_table`.
    #[must_use]
    pub fn stub(&self) -> &str {
        &self.stub
    }
}

/// Whether a name can be a package or a stub: it becomes part of a file name, so no separators and no dots, and not what
/// is a device on Windows.
pub(crate) fn is_package_name(name: &str) -> bool {
    !name.is_empty()
        && name.len() <= 120
        && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_' || b == b'-')
        && !crate::project::is_device(name)
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.package, self.stub)
    }
}

impl FromStr for Origin {
    type Err = OriginError;

    fn from_str(text: &str) -> Result<Self, OriginError> {
        let (package, stub) = text.split_once('/').ok_or_else(|| OriginError { text: text.to_owned() })?;
        Self::new(package, stub)
    }
}
