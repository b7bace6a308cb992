//! SQL migrations: `<stamp>_<slug>.sql` with sections, a pair of files, or a plain script.
//!
//! This module reads what a file says about itself and where its two directions are. It does not read SQL: a line
//! that looks like a section marker is one wherever it stands, as in dbmate. What looks like a marker or a header but
//! is misspelt is refused: taken for a comment, `-- migrate:dwon` would run the way back as part of the way forward.

mod error;
mod header;
mod sections;
#[cfg(test)]
mod tests;

use std::{borrow::Cow, sync::Arc};

pub use error::SqlFileError;
use header::Header;
use sections::{Marker, Side};

use super::TransactionMode;

/// One direction's text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlSection {
    /// The text of the section, LF only.
    pub text: Arc<str>,
    /// The line of the file at which it begins, from 1.
    pub first_line: usize,
}

impl SqlSection {
    /// The text that the checksum is computed over: LF only, without a byte order mark, and without the white space
    /// around it, so that a down section that is added later changes nothing.
    #[must_use]
    pub fn normalized(&self) -> &str {
        self.text.trim()
    }

    /// A section, or nothing when there is only white space.
    fn new(text: &str, first_line: usize) -> Option<Self> {
        (!text.trim().is_empty()).then(|| Self { text: Arc::from(text), first_line })
    }
}

/// What a SQL file says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SqlFile {
    /// The way forward.
    pub up: SqlSection,
    /// The way back. An empty section is none: there is no way back.
    pub down: Option<SqlSection>,
    /// `transaction:false` after `-- migrate:up`.
    pub up_transaction: TransactionMode,
    /// `transaction:false` after `-- migrate:down`.
    pub down_transaction: TransactionMode,
    /// `-- revision:`.
    pub revision: Option<String>,
    /// `-- parents:`; `none` is an empty list.
    pub parents: Option<Vec<String>>,
    /// `-- depends_on:`.
    pub depends_on: Vec<String>,
    /// `-- labels:`.
    pub labels: Vec<String>,
    /// `-- origin:`.
    pub origin: Option<String>,
    /// `-- database:`.
    pub database: Option<String>,
    /// `-- description:`.
    pub description: Option<String>,
    /// `-- reads:`, keys of `-x` and `--tag`.
    pub reads: Vec<String>,
}

impl SqlFile {
    /// Reads the text of one file with sections, or of sqlx's simple form (no section: a way forward and none back;
    /// `-- no-transaction` as its first line takes it out of the transaction).
    ///
    /// # Errors
    /// [`SqlFileError`] with the line.
    pub fn parse(text: &str) -> Result<Self, SqlFileError> {
        let text = &*normalize(text);
        let markers = sections::markers(text)?;
        let Some(first) = markers.first() else { return plain(text).and_then(Plain::into_file) };
        let header = header::read(&text[..first.start])?;
        if let Some(line) = header.no_transaction {
            return Err(SqlFileError::MisplacedNoTransaction { line });
        }
        if let Some(line) = header.first_sql {
            return Err(SqlFileError::SqlBeforeSection { line });
        }
        let (up, down) = sections::pair(&markers)?;
        let section = |marker: &Marker| SqlSection::new(&text[marker.body.clone()], marker.line + 1);
        Ok(Self {
            up: section(up).ok_or(SqlFileError::EmptyUp { line: up.line })?,
            down: down.and_then(section),
            up_transaction: up.transaction,
            down_transaction: down.map_or(TransactionMode::PerMigration, |down| down.transaction),
            ..Self::of_header(header)
        })
    }

    /// Reads a pair of files: plain scripts, the header lines in the first.
    ///
    /// # Errors
    /// [`SqlFileError`] with the line; [`SqlFileError::InDown`] when it is one of the second file.
    pub fn parse_pair(up: &str, down: &str) -> Result<Self, SqlFileError> {
        let up = pair_half(up, Side::Up)?;
        let down = pair_half(down, Side::Down).map_err(|error| SqlFileError::InDown(Box::new(error)))?;
        if let Some((key, line)) = down.header.first() {
            return Err(SqlFileError::InDown(Box::new(SqlFileError::HeaderInDown { key, line })));
        }
        Ok(Self { down: down.section, down_transaction: down.transaction, ..up.into_file()? })
    }

    /// A file that says only its header, to be filled.
    fn of_header(header: Header) -> Self {
        Self {
            up: SqlSection { text: Arc::from(""), first_line: 1 },
            down: None,
            up_transaction: TransactionMode::PerMigration,
            down_transaction: TransactionMode::PerMigration,
            revision: header.revision,
            parents: header.parents,
            depends_on: header.depends_on,
            labels: header.labels,
            origin: header.origin,
            database: header.database,
            description: header.description,
            reads: header.reads,
        }
    }
}

/// A file without sections.
struct Plain {
    header: Header,
    section: Option<SqlSection>,
    transaction: TransactionMode,
}

impl Plain {
    fn into_file(self) -> Result<SqlFile, SqlFileError> {
        let up = self.section.ok_or(SqlFileError::EmptyUp { line: 1 })?;
        Ok(SqlFile { up, up_transaction: self.transaction, ..SqlFile::of_header(self.header) })
    }
}

fn plain(text: &str) -> Result<Plain, SqlFileError> {
    let header = header::read(text)?;
    let transaction = match header.no_transaction {
        None => TransactionMode::PerMigration,
        Some(1) => TransactionMode::None,
        Some(line) => return Err(SqlFileError::MisplacedNoTransaction { line }),
    };
    let section = SqlSection::new(&text[header.end..], header.end_line);
    Ok(Plain { header, section, transaction })
}

fn pair_half(text: &str, side: Side) -> Result<Plain, SqlFileError> {
    let text = &*normalize(text);
    match sections::markers(text)?.first() {
        Some(marker) => Err(SqlFileError::SectionInPair { side: side.word(), line: marker.line }),
        None => plain(text),
    }
}

/// The first line that says something of a migration: a section, a header, `-- no-transaction`. `None` in a text that is
/// only SQL.
pub(crate) fn line_of_a_migration(text: &str) -> Option<usize> {
    match (sections::markers(text), header::read(text)) {
        (Err(error), _) => Some(error.line()),
        (Ok(markers), _) if !markers.is_empty() => markers.first().map(|marker| marker.line),
        // A word that only resembles a header is a comment here.
        (_, Err(SqlFileError::UnknownHeader { .. })) => None,
        (_, Err(error)) => Some(error.line()),
        (_, Ok(header)) => header.first().map(|(_, line)| line).or(header.no_transaction),
    }
}

/// Without a byte order mark, LF only.
pub(crate) fn normalize(text: &str) -> Cow<'_, str> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.contains("\r\n") { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) }
}

/// The lines of a text: their number from 1, the byte at which they begin, and the line with its end.
fn numbered(text: &str) -> impl Iterator<Item = (usize, usize, &str)> {
    let mut at = 0;
    text.split_inclusive('\n').enumerate().map(move |(index, line)| {
        let start = at;
        at += line.len();
        (index + 1, start, line)
    })
}

/// What a `--` comment says, when the line is one.
fn comment(line: &str) -> Option<&str> {
    line.trim().strip_prefix("--").map(str::trim)
}
