//! The three texts of a file that its user and its package both changed, and what a merge of them gives.

use super::{FileKind, declaration::Declaration, plain};
use crate::migration::SqlFile;

/// A file that diverged: what it was made from, what you made of it, what the package made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ThreeWay {
    /// The text as it was published.
    pub base: String,
    /// The text of the file.
    pub yours: String,
    /// The text that the package would have there.
    pub theirs: String,
    /// What a merge gives.
    pub merged: Merged,
}

/// What a merge gives.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Merged {
    /// A text with both changes.
    Clean(String),
    /// Both changed the same lines: the text with both forms between `<<<<<<<` and `>>>>>>>`.
    Clash(String),
}

impl ThreeWay {
    /// Merges. A merge that is no migration any more counts as a clash.
    #[must_use]
    pub fn of(kind: FileKind, base: &str, yours: &str, theirs: &str) -> Self {
        let (base, yours, theirs) = (plain(base), plain(yours), plain(theirs));
        let mut options = diffy::MergeOptions::new();
        options.set_conflict_style(diffy::ConflictStyle::Merge);
        let merged = match options.merge(&base, &yours, &theirs) {
            Ok(text) if is_migration(kind, &text) => Merged::Clean(text),
            Ok(text) | Err(text) => Merged::Clash(text),
        };
        Self { base, yours, theirs, merged }
    }

    /// The merged text, when it is clean.
    #[must_use]
    pub fn clean(&self) -> Option<&str> {
        match &self.merged {
            Merged::Clean(text) => Some(text),
            Merged::Clash(_) => None,
        }
    }
}

fn is_migration(kind: FileKind, text: &str) -> bool {
    match kind {
        FileKind::Rust => Declaration::find(text).is_some(),
        FileKind::Sql => SqlFile::parse(text).is_ok(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "migration! { up, down }\nfn up() {\n    id();\n\n    name();\n\n    stamps();\n}\n";

    fn merged(yours: &str, theirs: &str) -> Merged {
        ThreeWay::of(FileKind::Rust, BASE, yours, theirs).merged
    }

    #[test]
    fn changes_of_different_lines_are_joined_and_those_of_one_line_clash() {
        let yours = BASE.replace("id();", "uuid();");
        let theirs = BASE.replace("stamps();", "stamps();\n    deleted();");
        let both = yours.replace("stamps();", "stamps();\n    deleted();");
        assert_eq!(merged(&yours, &theirs), Merged::Clean(both.clone()));
        assert_eq!(merged(&yours.replace('\n', "\r\n"), &theirs), Merged::Clean(both));
        assert_eq!(merged(&yours, BASE), Merged::Clean(yours.clone()));
        assert_eq!(merged(BASE, &theirs), Merged::Clean(theirs.clone()));
        let Merged::Clash(text) = merged(&yours, &BASE.replace("id();", "ulid();")) else {
            panic!("both changed one line")
        };
        assert!(text.contains("<<<<<<<") && text.contains("uuid();") && text.contains("ulid();"), "{text}");
    }

    #[test]
    fn a_merge_that_is_no_migration_is_a_clash() {
        let yours = BASE.replace("    stamps();\n}\n", "    stamps();\n");
        let theirs = BASE.replace("id();", "uuid();");
        assert!(matches!(merged(&yours, &theirs), Merged::Clash(_)));
    }
}
