//! The comment lines before the first SQL: `-- key: value`.

use super::{SqlFileError, comment, numbered};

/// The keys, in the order in which the documentation lists them.
pub(super) const KEYS: [&str; 8] =
    ["revision", "parents", "depends_on", "labels", "origin", "database", "description", "reads"];
/// A key that differs from a known one in so few letters is a slip, not a comment.
const SLIP: usize = 2;

/// What the leading comments say.
#[derive(Debug, Default)]
pub(super) struct Header {
    pub(super) revision: Option<String>,
    pub(super) parents: Option<Vec<String>>,
    pub(super) depends_on: Vec<String>,
    pub(super) labels: Vec<String>,
    pub(super) origin: Option<String>,
    pub(super) database: Option<String>,
    pub(super) description: Option<String>,
    pub(super) reads: Vec<String>,
    /// The line of `-- no-transaction`.
    pub(super) no_transaction: Option<usize>,
    /// The first line that is neither empty nor a comment.
    pub(super) first_sql: Option<usize>,
    /// The byte after the last header line, and its line.
    pub(super) end: usize,
    pub(super) end_line: usize,
    /// Which keys were there, and where.
    seen: Vec<(&'static str, usize)>,
}

impl Header {
    /// The first header of the file.
    pub(super) fn first(&self) -> Option<(&'static str, usize)> {
        self.seen.first().copied()
    }

    fn set(&mut self, key: &'static str, value: &str, line: usize) -> Result<(), SqlFileError> {
        if let Some((_, first)) = self.seen.iter().find(|(known, _)| *known == key) {
            return Err(SqlFileError::DuplicateHeader { line, key, first: *first });
        }
        if value.is_empty() {
            return Err(SqlFileError::EmptyHeader { line, key });
        }
        self.seen.push((key, line));
        let text = || Some(value.to_owned());
        match key {
            "revision" => self.revision = text(),
            "parents" => self.parents = Some(parents(value, line)?),
            "depends_on" => self.depends_on = list(key, value, line)?,
            "labels" => self.labels = list(key, value, line)?,
            "origin" => self.origin = text(),
            "database" => self.database = text(),
            "reads" => self.reads = list(key, value, line)?,
            _ => self.description = text(),
        }
        Ok(())
    }
}

/// Reads the comments at the beginning of a text, up to the first SQL.
pub(super) fn read(text: &str) -> Result<Header, SqlFileError> {
    let mut header = Header { end_line: 1, ..Header::default() };
    let mut in_block = false;
    for (line, start, content) in numbered(text) {
        let trimmed = content.trim();
        if in_block || opens_block(trimmed) {
            let inside = if in_block { trimmed } else { &trimmed[2..] };
            match inside.split_once("*/") {
                None => in_block = true,
                Some((_, rest)) if rest.trim().is_empty() => in_block = false,
                Some(_) => {
                    header.first_sql = Some(line);
                    break;
                }
            }
            continue;
        }
        if trimmed.is_empty() || trimmed.starts_with('#') {
            continue;
        }
        let Some(comment) = comment(trimmed) else {
            header.first_sql = Some(line);
            break;
        };
        let understood = if comment.split_whitespace().next() == Some("no-transaction") {
            header.no_transaction.get_or_insert(line);
            true
        } else if let Some((key, value)) = key_and_value(comment, line)? {
            header.set(key, value, line)?;
            true
        } else {
            false
        };
        if understood {
            header.end = start + content.len();
            header.end_line = line + 1;
        }
    }
    Ok(header)
}

/// MySQL runs what is in `/*! … */`.
fn opens_block(line: &str) -> bool {
    line.starts_with("/*") && !line.starts_with("/*!") && !line.starts_with("/*M!")
}

/// The known key of a comment and its value; `None` for what is only a comment.
fn key_and_value(comment: &str, line: usize) -> Result<Option<(&'static str, &str)>, SqlFileError> {
    let Some((written, value)) = comment.split_once(':') else { return Ok(None) };
    let written = written.trim_end();
    if let Some(key) = KEYS.into_iter().find(|key| *key == written) {
        return Ok(Some((key, value.trim())));
    }
    let lower = written.to_lowercase();
    let nearest = KEYS
        .into_iter()
        .map(|key| (strsim::damerau_levenshtein(&lower, key), key))
        .filter(|(distance, _)| *distance <= SLIP)
        .min();
    match nearest {
        Some((_, suggestion)) => {
            Err(SqlFileError::UnknownHeader { line, key: written.to_owned(), suggestion })
        }
        None => Ok(None),
    }
}

fn parents(value: &str, line: usize) -> Result<Vec<String>, SqlFileError> {
    let parents = list("parents", value, line)?;
    match parents.iter().any(|parent| parent == "none") {
        true if parents.len() > 1 => Err(SqlFileError::NoneAmongParents { line }),
        true => Ok(Vec::new()),
        false => Ok(parents),
    }
}

fn list(key: &'static str, value: &str, line: usize) -> Result<Vec<String>, SqlFileError> {
    let entries: Vec<String> = value.split(',').map(|entry| entry.trim().to_owned()).collect();
    match entries.iter().any(String::is_empty) {
        true => Err(SqlFileError::EmptyHeader { line, key }),
        false => Ok(entries),
    }
}
