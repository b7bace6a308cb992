//! Which published files ran somewhere, as far as databases say.

use std::collections::BTreeSet;

use super::ExistingFile;
use crate::{
    history::Remembered,
    migration::{Origin, RevisionId},
};

/// What the databases that answered say about published files.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AppliedOrigins {
    /// No database answered.
    #[default]
    Unknown,
    /// The origins that are applied in at least one of those that answered, while another one did not.
    Partly(BTreeSet<Origin>),
    /// The origins that are applied in at least one database; all answered.
    Known(BTreeSet<Origin>),
}

impl AppliedOrigins {
    /// Of what databases remember: one entry for each that answered, and whether these are all. A row whose file got its origin after it ran has
    /// none, and is known by the file's revision.
    #[must_use]
    pub fn of(answers: &[Remembered], all: bool, files: &[ExistingFile]) -> Self {
        if answers.is_empty() {
            return AppliedOrigins::Unknown;
        }
        let ran: BTreeSet<&str> =
            answers.iter().flat_map(|of| &of.revisions).map(RevisionId::as_str).collect();
        let ran = |file: &&ExistingFile| ran.contains(file.revision_name());
        let of_files = files.iter().filter(ran).filter_map(|file| file.origin.clone());
        let of_rows = answers.iter().flat_map(|of| of.origins.iter().cloned());
        let origins = of_rows.chain(of_files).collect();
        if all { AppliedOrigins::Known(origins) } else { AppliedOrigins::Partly(origins) }
    }

    /// Whether an origin is applied somewhere; `None` when nobody says so, and not every database answered.
    #[must_use]
    pub fn get(&self, origin: &Origin) -> Option<bool> {
        match self {
            AppliedOrigins::Unknown => None,
            AppliedOrigins::Partly(origins) => origins.contains(origin).then_some(true),
            AppliedOrigins::Known(origins) => Some(origins.contains(origin)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_row_is_known_by_its_origin_and_by_its_files_revision() {
        let file = |name: &str, text: &str| ExistingFile::read(name, text).unwrap();
        let files = [
            file("1_users.rs", "migration! { up, origin: \"auth/users\" }"),
            file("2026/2_tokens.sql", "-- origin: auth/tokens\nSELECT 1;"),
            file("3_other.sql", "-- revision: own\n-- origin: auth/other\nSELECT 1;"),
            file("4_pending.rs", "migration! { up, origin: \"auth/pending\" }"),
        ];
        let rows = |revisions: &[&str], origins: &[&str]| Remembered {
            revisions: revisions.iter().map(|name| RevisionId::new(*name).unwrap()).collect(),
            origins: origins.iter().map(|origin| origin.parse().unwrap()).collect(),
        };
        let answers = [rows(&["2_tokens", "own", "9_x"], &["auth/users"]), rows(&[], &[])];
        let applied = |all: bool| {
            let known = AppliedOrigins::of(&answers, all, &files);
            ["auth/users", "auth/tokens", "auth/other", "auth/pending"]
                .map(|name| known.get(&name.parse().unwrap()))
        };
        assert_eq!(applied(true), [Some(true), Some(true), Some(true), Some(false)]);
        // The one that is silent may be the one where it ran.
        assert_eq!(applied(false), [Some(true), Some(true), Some(true), None]);
        assert_eq!(AppliedOrigins::of(&[], false, &files), AppliedOrigins::Unknown);
        assert_eq!(AppliedOrigins::Unknown.get(&"auth/users".parse().unwrap()), None);
    }
}
