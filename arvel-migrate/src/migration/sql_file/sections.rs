//! The markers `-- migrate:up` and `-- migrate:down`.

use std::ops::Range;

use super::{SqlFileError, comment, numbered};
use crate::migration::TransactionMode;

/// A direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Up,
    Down,
}

impl Side {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Up => "up",
            Self::Down => "down",
        }
    }

    fn marker(self) -> &'static str {
        match self {
            Self::Up => "-- migrate:up",
            Self::Down => "-- migrate:down",
        }
    }
}

/// A marker and the text below it.
#[derive(Debug)]
pub(super) struct Marker {
    pub(super) side: Side,
    pub(super) transaction: TransactionMode,
    /// The line of the marker, from 1.
    pub(super) line: usize,
    /// The byte at which the marker's line begins.
    pub(super) start: usize,
    /// From the next line to the next marker.
    pub(super) body: Range<usize>,
}

/// All markers of a text, in order.
pub(super) fn markers(text: &str) -> Result<Vec<Marker>, SqlFileError> {
    let mut markers: Vec<Marker> = Vec::new();
    for (line, start, content) in numbered(text) {
        let Some(comment) = comment(content) else { continue };
        let Some((side, options)) = side(comment, line, content.trim())? else { continue };
        let transaction = transaction(side, options, line)?;
        if let Some(last) = markers.last_mut() {
            last.body.end = start;
        }
        let body = start + content.len()..text.len();
        markers.push(Marker { side, transaction, line, start, body });
    }
    Ok(markers)
}

/// The up section and the down section: one of the first, one or none of the second, in this order.
pub(super) fn pair(markers: &[Marker]) -> Result<(&Marker, Option<&Marker>), SqlFileError> {
    let find = |side: Side| {
        let mut found = markers.iter().filter(|marker| marker.side == side);
        match (found.next(), found.next()) {
            (Some(first), Some(second)) => Err(SqlFileError::DuplicateSection {
                section: side.word(),
                first: first.line,
                line: second.line,
            }),
            (found, _) => Ok(found),
        }
    };
    match (find(Side::Up)?, find(Side::Down)?) {
        (Some(up), Some(down)) if down.line < up.line => Err(SqlFileError::DownBeforeUp { line: down.line }),
        (Some(up), down) => Ok((up, down)),
        (None, down) => Err(SqlFileError::MissingUp { line: down.map_or(1, |down| down.line) }),
    }
}

/// Which section a comment begins, with the words after its name.
fn side<'a>(comment: &'a str, line: usize, text: &str) -> Result<Option<(Side, &'a str)>, SqlFileError> {
    let marker = comment.strip_prefix("migrate:");
    if let Some(rest) = marker {
        let (word, options) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
        for side in [Side::Up, Side::Down] {
            if word == side.word() {
                return Ok(Some((side, options)));
            }
        }
    }
    let meant = meant(comment);
    // goose and sql-migrate mark sections in another way: unread, both of their directions would run at once.
    if marker.is_some() || meant.is_some() || comment.starts_with("+goose") {
        let suggestion = meant.map(Side::marker);
        return Err(SqlFileError::UnknownSection { line, text: text.to_owned(), suggestion });
    }
    Ok(None)
}

/// The section that a misspelt marker probably means: compared by its letters only.
fn meant(comment: &str) -> Option<Side> {
    let letters: String =
        comment.to_ascii_lowercase().chars().filter(char::is_ascii_alphanumeric).take(20).collect();
    let first_words = letters.strip_prefix("goose").map(|rest| format!("migrate{rest}")).unwrap_or(letters);
    [(Side::Up, "migrateup"), (Side::Down, "migratedown")]
        .into_iter()
        .map(|(side, letters)| (strsim::damerau_levenshtein(letters, &first_words), side))
        .filter(|(distance, _)| *distance <= 1 || (*distance == 2 && comment.contains(':')))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, side)| side)
}

fn transaction(side: Side, options: &str, line: usize) -> Result<TransactionMode, SqlFileError> {
    let mut chosen = None;
    for word in options.split_whitespace() {
        chosen = match (word, chosen) {
            ("transaction:false", None) => Some(TransactionMode::None),
            ("transaction:true", None) => Some(TransactionMode::PerMigration),
            _ => {
                return Err(SqlFileError::UnexpectedWord {
                    line,
                    section: side.word(),
                    word: word.to_owned(),
                });
            }
        };
    }
    Ok(chosen.unwrap_or(TransactionMode::PerMigration))
}
