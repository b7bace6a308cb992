//! `mod.rs` of a folder: the committed, sorted list of its files, and the only form that cargo, rustfmt and
//! rust-analyzer all see.
//!
//! The list stands between `// arvel:begin` and `// arvel:end` and is recomputed from the folder; everything outside
//! is the user's and is kept, and files that are listed there are not listed twice. A pair of SQL files with a half
//! missing, and two files of one stem, are refused. Files of nested folders are listed by their path (`2026/1_a.rs`), unless
//! the nested folder has a `mod.rs` of its own, which is then its list.

use std::collections::{BTreeMap, BTreeSet};

use proc_macro2::{Group, TokenStream, TokenTree};

use crate::{
    migration::{SortKey, const_is_valid_stem},
    publish::FileKind,
};

const BEGIN: &str = "// arvel:begin";
const END: &str = "// arvel:end";

/// What a folder holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FolderKind {
    /// Migrations of one line.
    Migrations {
        /// The line, `default` unless `[migrations.paths]` names another.
        line: String,
    },
    /// Seeders.
    Seeders,
}

impl FolderKind {
    /// The folder of the default line.
    #[must_use]
    pub fn migrations() -> Self {
        FolderKind::Migrations { line: "default".to_owned() }
    }

    fn opening(&self) -> String {
        let what = match self {
            FolderKind::Migrations { .. } => "migrations",
            FolderKind::Seeders => "seeders",
        };
        format!("//! The {what} of this folder; `arvel make sync` rewrites the list between the markers.\n")
    }

    fn declaration(&self) -> Option<String> {
        match self {
            FolderKind::Migrations { line } => Some(format!("arvel_migrate::line!({line:?});\n")),
            FolderKind::Seeders => None,
        }
    }
}

/// A computed `mod.rs`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModuleFile {
    /// The text.
    pub text: String,
    /// The files that it lists, in order.
    pub listed: Vec<String>,
    /// The files that it lists and the former one did not.
    pub added: Vec<String>,
    /// The files that the former one listed between the markers and the folder no longer holds.
    pub removed: Vec<String>,
    /// The files that are listed outside the markers and that the folder does not hold: a person must decide.
    pub missing: Vec<String>,
}

/// A folder or a `mod.rs` that can not be made sense of.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ModuleFileError {
    /// One marker without the other, in the wrong order, or twice.
    #[error(
        "`mod.rs` needs `{BEGIN}` and then `{END}` once each; line {line} has one too many or without its partner"
    )]
    Markers {
        /// The line, from 1.
        line: usize,
    },
    /// A text that is no Rust.
    #[error("`mod.rs` can not be read as Rust: {problem}")]
    Syntax {
        /// What the lexer says.
        problem: String,
    },
    /// One half of a pair.
    #[error("`{present}` is one half of a pair; `{absent}` is not there")]
    HalfPair {
        /// The file.
        present: String,
        /// Its missing partner.
        absent: String,
    },
    /// A SQL file whose name is not a migration's: it would never run.
    #[error("`{name}` is not the name of a SQL migration")]
    SqlName {
        /// The file.
        name: String,
    },
    /// Two files of one stem.
    #[error("`{first}` and `{second}` have one stem, and a stem is one revision")]
    StemTwice {
        /// One file.
        first: String,
        /// The other.
        second: String,
    },
}

impl ModuleFileError {
    /// What to do about it.
    #[must_use]
    pub fn hint(&self) -> String {
        match self {
            ModuleFileError::Markers { .. } => {
                "take all markers out; `arvel make sync` writes them anew".to_owned()
            }
            ModuleFileError::Syntax { .. } => "mend `mod.rs`, then `arvel make sync`".to_owned(),
            ModuleFileError::HalfPair { absent, .. } => {
                format!("write `{absent}`, or rename the file to end in `.sql` only")
            }
            ModuleFileError::SqlName { .. } => "name it `<stamp>_<slug>.sql`, such as \
                 `2026_11_20_143000_create_posts_table.sql`, or move it out of the folder"
                .to_owned(),
            ModuleFileError::StemTwice { second, .. } => format!("rename or remove `{second}`"),
        }
    }
}

/// One item of the list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Entry {
    Rust(String),
    Sql(Vec<String>),
}

impl Entry {
    fn files(&self) -> &[String] {
        match self {
            Entry::Rust(file) => std::slice::from_ref(file),
            Entry::Sql(files) => files,
        }
    }

    fn stem(&self) -> &str {
        stem(self.files().first().map_or("", String::as_str))
    }
}

/// The stem of a file name: `1_a` of `1_a.rs`, `1_a.sql`, `1_a.up.sql` and `2026/1_a.rs`.
pub(crate) fn stem(name: &str) -> &str {
    let name = name.rsplit('/').next().unwrap_or(name);
    let name = name.rsplit_once('.').map_or(name, |(stem, _)| stem);
    name.strip_suffix(".up").or(name.strip_suffix(".down")).unwrap_or(name)
}

/// Computes `mod.rs` from its present text and the names of the folder's files.
///
/// A block that lists exactly the right files is left as it stands, whatever its order: formatters sort modules.
///
/// # Errors
/// [`ModuleFileError`] for markers, texts and folders that can not be made sense of.
pub fn render_module(
    current: Option<&str>,
    names: &[String],
    kind: &FolderKind,
) -> Result<ModuleFile, ModuleFileError> {
    let current = current.map(crate::publish::plain);
    let fresh = current.is_none();
    let (head, block, tail) = split(current.as_deref().unwrap_or(""))?;
    let outside = scan(&format!("{head}\n{tail}"))?;
    let inside = scan(block.unwrap_or(""))?;
    let elsewhere: BTreeSet<&String> = outside.entries.iter().flat_map(Entry::files).collect();
    let wanted: Vec<Entry> = entries(names, kind)?
        .into_iter()
        .filter(|entry| !entry.files().iter().any(|file| elsewhere.contains(file)))
        .collect();

    let same = {
        let (mut old, mut new) = (inside.entries.clone(), wanted.clone());
        old.sort();
        new.sort();
        old == new
    };
    let block = match block {
        Some(block) if same => block.to_owned(),
        _ => write_block(&wanted, kind, outside.modules),
    };
    let mut text = if fresh { kind.opening() } else { head.to_owned() };
    if let Some(declaration) = kind.declaration().filter(|_| !outside.has_line) {
        separate(&mut text);
        text.push_str(&declaration);
    }
    if !text.trim_end().is_empty() && (fresh || block_is_new(current.as_deref())) {
        separate(&mut text);
    }
    text.push_str(&format!("{BEGIN}\n{block}{END}\n{tail}"));

    let listed: Vec<String> = outside.entries.iter().chain(&wanted).flat_map(Entry::files).cloned().collect();
    let before: BTreeSet<&String> =
        outside.entries.iter().chain(&inside.entries).flat_map(Entry::files).collect();
    let after: BTreeSet<&String> = listed.iter().collect();
    let present: BTreeSet<&String> = names.iter().collect();
    Ok(ModuleFile {
        text,
        added: listed.iter().filter(|name| !before.contains(name)).cloned().collect(),
        removed: inside
            .entries
            .iter()
            .flat_map(Entry::files)
            .filter(|n| !after.contains(n))
            .cloned()
            .collect(),
        missing: elsewhere
            .iter()
            .filter(|name| !present.contains(*name) && !present.contains(&module_of(name)))
            .map(|name| (*name).clone())
            .collect(),
        listed,
    })
}

fn block_is_new(current: Option<&str>) -> bool {
    !current.unwrap_or("").lines().any(|line| line.trim() == BEGIN)
}

/// Ends a text with one empty line.
fn separate(text: &mut String) {
    let length = text.trim_end().len();
    text.truncate(length);
    if length > 0 {
        text.push_str("\n\n");
    }
}

/// Splits a text into what is before the block, the block, and what is after it.
fn split(text: &str) -> Result<(&str, Option<&str>, &str), ModuleFileError> {
    let (mut begin, mut end) = (None, None);
    let mut offset = 0;
    for (i, line) in text.split_inclusive('\n').enumerate() {
        let marker = line.trim();
        if (marker == BEGIN && begin.is_some()) || (marker == END && (begin.is_none() || end.is_some())) {
            return Err(ModuleFileError::Markers { line: i + 1 });
        }
        if marker == BEGIN {
            begin = Some((offset, offset + line.len(), i + 1));
        } else if marker == END {
            end = Some((offset, offset + line.len()));
        }
        offset += line.len();
    }
    match (begin, end) {
        (Some((start, from, _)), Some((to, stop))) => {
            Ok((&text[..start], Some(&text[from..to]), &text[stop..]))
        }
        (Some((_, _, line)), None) => Err(ModuleFileError::Markers { line }),
        _ => Ok((text, None, "")),
    }
}

/// What a text declares.
#[derive(Default)]
struct Scanned {
    entries: Vec<Entry>,
    modules: BTreeSet<String>,
    has_line: bool,
    line: Option<String>,
}

fn scan(text: &str) -> Result<Scanned, ModuleFileError> {
    let tokens = text
        .parse::<TokenStream>()
        .map_err(|error| ModuleFileError::Syntax { problem: error.to_string() })?;
    let tokens: Vec<TokenTree> = tokens.into_iter().collect();
    let mut found = Scanned::default();
    let mut path = None;
    let mut rest = tokens.as_slice();
    while let Some((token, after)) = rest.split_first() {
        match rest {
            [TokenTree::Punct(hash), TokenTree::Group(attribute), ..] if hash.as_char() == '#' => {
                path = path_of(attribute).or(path);
            }
            [TokenTree::Ident(word), TokenTree::Ident(name), TokenTree::Punct(semicolon), ..]
                if word == "mod" && semicolon.as_char() == ';' =>
            {
                let name = name.to_string();
                let file = path.take().unwrap_or_else(|| format!("{}.rs", name.trim_start_matches("r#")));
                found.entries.push(Entry::Rust(file));
                found.modules.insert(name);
            }
            [TokenTree::Ident(word), TokenTree::Punct(bang), TokenTree::Group(group), ..]
                if bang.as_char() == '!' =>
            {
                if word == "sql" {
                    found.entries.push(Entry::Sql(group.stream().into_iter().filter_map(text_of).collect()));
                }
                if word == "line" {
                    found.line = group.stream().into_iter().find_map(text_of);
                }
                found.has_line |= word == "line";
            }
            [TokenTree::Ident(word), TokenTree::Ident(name), ..] if word == "const" && name == "LINE" => {
                found.has_line = true;
            }
            _ => {}
        }
        if matches!(token, TokenTree::Punct(punct) if punct.as_char() == ';') {
            path = None;
        }
        rest = after;
    }
    Ok(found)
}

/// The line that a `mod.rs` names; `None` when it names none, or can not be read.
pub(crate) fn line_of(module: &str) -> Option<String> {
    scan(&crate::publish::plain(module)).ok()?.line
}

/// The files that a `mod.rs` lists, between the markers and outside.
pub(crate) fn listed_files(module: &str) -> Result<BTreeSet<String>, ModuleFileError> {
    let found = scan(&crate::publish::plain(module))?;
    Ok(found.entries.iter().flat_map(Entry::files).cloned().collect())
}

fn path_of(attribute: &Group) -> Option<String> {
    let tokens: Vec<TokenTree> = attribute.stream().into_iter().collect();
    match tokens.as_slice() {
        [TokenTree::Ident(path), TokenTree::Punct(_), text] if path == "path" => text_of(text.clone()),
        _ => None,
    }
}

fn text_of(token: TokenTree) -> Option<String> {
    let TokenTree::Literal(literal) = token else { return None };
    let text = literal.to_string();
    Some(text.strip_prefix('"')?.strip_suffix('"')?.replace("\\\"", "\"").replace("\\\\", "\\"))
}

/// The items that the files of a folder ask for, in the order of the graph.
fn entries(names: &[String], kind: &FolderKind) -> Result<Vec<Entry>, ModuleFileError> {
    let seeders = *kind == FolderKind::Seeders;
    let present: BTreeSet<&str> = names.iter().map(String::as_str).collect();
    let mut stems: BTreeMap<String, (String, Entry)> = BTreeMap::new();
    for name in present.iter().filter(|name| !is_module(name) && !name.starts_with('.')) {
        let entry = match FileKind::of_name(name) {
            Some(FileKind::Rust) => Entry::Rust((*name).to_owned()),
            Some(FileKind::Sql) if !seeders && !const_is_valid_stem(stem(name)) => {
                return Err(ModuleFileError::SqlName { name: (*name).to_owned() });
            }
            Some(FileKind::Sql) if !seeders => match other_half(name) {
                Some(other) if !present.contains(other.as_str()) => {
                    return Err(ModuleFileError::HalfPair { present: (*name).to_owned(), absent: other });
                }
                Some(_) if name.ends_with(".down.sql") => continue,
                Some(other) => Entry::Sql(vec![(*name).to_owned(), other]),
                None => Entry::Sql(vec![(*name).to_owned()]),
            },
            _ => continue,
        };
        let stem = if seeders { entry.files()[0].clone() } else { stem(name).to_owned() };
        if let Some((first, _)) = stems.insert(stem, ((*name).to_owned(), entry)) {
            return Err(ModuleFileError::StemTwice { first, second: (*name).to_owned() });
        }
    }
    let mut entries: Vec<Entry> = stems.into_values().map(|(_, entry)| entry).collect();
    if seeders {
        entries.sort();
    } else {
        entries.sort_by_key(|entry| SortKey::of(entry.stem()));
    }
    Ok(entries)
}

/// Whether a name is that of a list: the folder's own, or that of a nested folder that has one.
fn is_module(name: &str) -> bool {
    name.rsplit('/').next() == Some("mod.rs")
}

/// `search/mod.rs` of `search.rs`: what `mod search;` may mean too.
fn module_of(name: &str) -> String {
    format!("{}/mod.rs", name.trim_end_matches(".rs"))
}

fn other_half(name: &str) -> Option<String> {
    let up = name.strip_suffix(".up.sql").map(|stem| format!("{stem}.down.sql"));
    up.or_else(|| name.strip_suffix(".down.sql").map(|stem| format!("{stem}.up.sql")))
}

fn write_block(entries: &[Entry], kind: &FolderKind, mut modules: BTreeSet<String>) -> String {
    let mut block = String::new();
    for entry in entries {
        match entry {
            Entry::Rust(file) => {
                let name = module_name(entry.stem(), kind, &modules);
                block.push_str(&format!("#[path = {file:?}]\nmod {name};\n"));
                modules.insert(name);
            }
            Entry::Sql(files) => {
                let files: Vec<String> = files.iter().map(|file| format!("{file:?}")).collect();
                block.push_str(&format!("arvel_migrate::sql!({});\n", files.join(", ")));
            }
        }
    }
    block
}

/// A module's name: `m_` and the stem for migrations, the stem for seeders, with what no identifier has as `_`.
fn module_name(stem: &str, kind: &FolderKind, taken: &BTreeSet<String>) -> String {
    let word: String =
        stem.chars().map(|c| if c.is_ascii_alphanumeric() { c.to_ascii_lowercase() } else { '_' }).collect();
    let name = match kind {
        FolderKind::Migrations { .. } => format!("m_{word}"),
        FolderKind::Seeders if is_plain_identifier(&word) => word,
        FolderKind::Seeders => format!("s_{word}"),
    };
    let free = |name: &String| !taken.contains(name);
    let mut candidates = std::iter::once(name.clone()).chain((2..).map(|i| format!("{name}_{i}")));
    candidates.find(free).unwrap_or(name)
}

fn is_plain_identifier(word: &str) -> bool {
    const KEYWORDS: &str = " as async await box break const continue crate do dyn else enum extern false final fn for gen if \
        impl in let loop macro match mod move mut override priv pub ref return self static struct super trait true \
        try type typeof unsafe unsized use virtual where while yield _ abstract become ";
    word.starts_with(|c: char| c.is_ascii_lowercase() || c == '_') && !KEYWORDS.contains(&format!(" {word} "))
}
#[cfg(test)]
#[path = "modfile_tests.rs"]
mod tests;
