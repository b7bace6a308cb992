//! Commands that are run on new files: a list of words for each, and no shell.

use proc_macro2::{TokenStream, TokenTree};
use serde::Deserialize;

use crate::publish::FileKind;

/// What stands for the file.
pub const FILE: &str = "{file}";

/// A command that is run on every new migration.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(try_from = "Written")]
pub struct AfterWrite {
    /// The program and its arguments; one of them holds `{file}`.
    pub run: Vec<String>,
    /// Only files of this kind.
    pub files: Option<FileKind>,
}

#[derive(Deserialize)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "a command is a list of words such as [\"rustfmt\", \"{file}\"], or a table with `run` and `files` (`rs` or `sql`)"
)]
enum Written {
    Words(Vec<String>),
    Table { run: Vec<String>, files: Option<Ending> },
}

#[derive(Deserialize)]
#[serde(rename_all = "lowercase")]
enum Ending {
    Rs,
    Sql,
}

impl TryFrom<Written> for AfterWrite {
    type Error = String;

    fn try_from(written: Written) -> Result<Self, String> {
        let (run, files) = match written {
            Written::Words(run) => (run, None),
            Written::Table { run, files } => (run, files),
        };
        if run.first().is_none_or(|program| program.trim().is_empty()) {
            return Err("a command has no program".to_owned());
        }
        if !run.iter().skip(1).any(|word| word.contains(FILE)) {
            return Err(format!(
                "the command `{}` does not say where the file goes: write `{FILE}`",
                run.join(" ")
            ));
        }
        let files = files.map(|ending| match ending {
            Ending::Rs => FileKind::Rust,
            Ending::Sql => FileKind::Sql,
        });
        Ok(Self { run, files })
    }
}

impl AfterWrite {
    /// Whether it is for a file of this name.
    #[must_use]
    pub fn is_for(&self, name: &str) -> bool {
        self.files.is_none() || FileKind::of_name(name) == self.files
    }

    /// Its words for a file.
    #[must_use]
    pub fn words(&self, file: &str) -> Vec<String> {
        self.run.iter().map(|word| word.replace(FILE, file)).collect()
    }
}

/// What is wrong with the text of a migration after a command has changed it: nothing that could be one any more.
#[must_use]
pub fn spoiled_text(name: &str, text: &str) -> Option<&'static str> {
    let rust = FileKind::of_name(name) == Some(FileKind::Rust);
    match text.parse::<TokenStream>() {
        _ if text.trim().is_empty() => Some("left it empty"),
        Err(_) if rust => Some("left what is no Rust in it"),
        Ok(tokens) if rust && !declares(&tokens) => Some("left no `migration!` in it"),
        _ => None,
    }
}

fn declares(tokens: &TokenStream) -> bool {
    tokens.clone().into_iter().any(|token| matches!(token, TokenTree::Ident(word) if word == "migration"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(json: &str) -> Result<AfterWrite, String> {
        serde_json::from_str(json).map_err(|error| error.to_string())
    }

    #[test]
    fn what_is_left_of_a_migration_is_one() {
        for (name, text, expected) in [
            ("1_a.rs", "arvel_migrate::migration! { up }", None),
            ("1_a.rs", " \n", Some("left it empty")),
            ("1_a.rs", "migration! { up", Some("left what is no Rust in it")),
            ("1_a.rs", "fn up() {}", Some("left no `migration!` in it")),
            ("1_a.sql", "it's", None),
            ("1_a.sql", "", Some("left it empty")),
        ] {
            assert_eq!(spoiled_text(name, text), expected, "{name} {text:?}");
        }
    }

    #[test]
    fn commands_are_words_or_tables() {
        let words = read(r#"["rustfmt", "--check", "{file}"]"#).unwrap();
        assert_eq!(words.words("a b.rs"), ["rustfmt", "--check", "a b.rs"]);
        assert!(words.is_for("a.sql") && words.is_for("a.rs"));
        let table = read(r#"{"run": ["pg_format", "-i={file}"], "files": "sql"}"#).unwrap();
        assert_eq!(table.words("a.sql"), ["pg_format", "-i=a.sql"]);
        assert!(table.is_for("a.sql") && !table.is_for("a.rs"));
        for (json, part) in [
            (r#""rustfmt {file}""#, "a list of words"),
            (r#"{"run": ["x", "{file}"], "file": "rs"}"#, "a list of words"),
            (r#"{"run": ["x", "{file}"], "files": "toml"}"#, "a list of words"),
            ("[]", "has no program"),
            (r#"["rustfmt"]"#, "does not say where the file goes"),
            (r#"["{file}"]"#, "does not say where the file goes"),
        ] {
            let error = read(json).unwrap_err();
            assert!(error.contains(part), "{json}: {error}");
        }
    }
}
