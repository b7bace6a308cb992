//! What is to be written into a folder, and what was.

/// One change of a folder.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A file that is not there yet.
    Create {
        /// Its name.
        name: String,
        /// Its text.
        text: String,
    },
    /// A new text for a file; the old one is saved beside it.
    Overwrite {
        /// Its name.
        name: String,
        /// The text that it must still have.
        expected: String,
        /// Its new text.
        text: String,
    },
    /// A file that goes, and its line in `mod.rs` with it.
    Remove {
        /// Its name.
        name: String,
        /// The text that it must still have.
        expected: String,
    },
}

impl Change {
    pub(super) fn name(&self) -> &str {
        match self {
            Change::Create { name, .. } | Change::Overwrite { name, .. } | Change::Remove { name, .. } => {
                name
            }
        }
    }
}

/// What was written.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
pub struct Committed {
    /// New files.
    pub created: Vec<String>,
    /// Overwritten files with the names of their backups.
    pub overwritten: Vec<(String, String)>,
    /// Files that are gone.
    pub removed: Vec<String>,
    /// Files that `mod.rs` lists now and did not before.
    pub listed: Vec<String>,
    /// Files that `mod.rs` no longer lists.
    pub unlisted: Vec<String>,
    /// Files that are listed outside the markers of `mod.rs` and are not there: a person must decide.
    pub missing: Vec<String>,
    /// What an earlier, interrupted write left behind.
    pub recovered: Recovered,
}

/// How an interrupted write was ended.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Recovered {
    /// There was none.
    #[default]
    Nothing,
    /// It had reached its commit point, and is complete now: its files.
    Completed(Vec<String>),
    /// It had not, and nothing of it is left: the files that are gone, or have their old texts again.
    TakenBack(Vec<String>),
}

impl Recovered {
    /// One line for people; `None` when there is nothing to tell.
    #[must_use]
    pub fn told(&self) -> Option<String> {
        match self {
            Recovered::Nothing => None,
            Recovered::Completed(names) => {
                Some(format!("completed an interrupted write: {}", names.join(", ")))
            }
            Recovered::TakenBack(names) if names.is_empty() => {
                Some("ended an interrupted write, which had changed nothing yet".to_owned())
            }
            Recovered::TakenBack(names) => {
                Some(format!("took back an interrupted write: {}", names.join(", ")))
            }
        }
    }
}
