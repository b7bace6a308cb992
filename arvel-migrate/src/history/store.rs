//! Reads the bookkeeping tables. Questions never write: an absent table is an empty history.

use super::{BookkeepingNames, BookkeepingSql, HistoryRow, SetDigest, sql::FORMAT};
use crate::dialect::{Connection, DriverError, ErrorKind};

/// What a database remembers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Loaded {
    /// The rows in the order of application.
    pub rows: Vec<HistoryRow>,
    /// Whether the tables are there.
    pub initialized: bool,
    /// The environment that the database was stamped with.
    pub environment: Option<String>,
    /// Statements that were begun and not finished.
    pub journal: Vec<JournalRow>,
}

/// One entry of the journal, as read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JournalRow {
    /// The revision.
    pub revision: String,
    /// `up` or `down`.
    pub direction: String,
    /// The statement's place, from 0.
    pub position: usize,
    /// The digest of the statement.
    pub statement_digest: String,
    /// The digest of it and all before it.
    pub prefix_digest: String,
    /// `running`, `done` or `failed`.
    pub state: String,
    /// What the database said.
    pub error: Option<String>,
}

impl Loaded {
    /// The highest `seq`; 0 for none.
    #[must_use]
    pub fn last_seq(&self) -> i64 {
        self.rows.iter().map(|row| row.seq).max().unwrap_or(0)
    }

    /// The highest batch; 0 for none.
    #[must_use]
    pub fn last_batch(&self) -> i64 {
        self.rows.iter().filter_map(|row| row.batch).max().unwrap_or(0)
    }

    /// The digest of the applied set.
    #[must_use]
    pub fn digest(&self) -> SetDigest {
        SetDigest::of(self.rows.iter().map(|row| (row.identity(), &row.checksum)))
    }
}

/// The answer of the one read of a start-up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Start {
    /// The stored digest of the applied set.
    pub digest: String,
    /// The number of rows.
    pub applied: u64,
    /// The number of entries of the journal: something was begun and not finished.
    pub begun: u64,
}

fn absent<T>(answer: Result<T, DriverError>) -> Result<Option<T>, DriverError> {
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(error) if error.kind == ErrorKind::MissingTable => Ok(None),
        Err(error) => Err(error),
    }
}

/// An absent table is an empty history, but not for a role that could not see it.
async fn refuse_hidden(connection: &mut dyn Connection, sql: &dyn BookkeepingSql) -> Result<(), DriverError> {
    let Some(question) = sql.why_hidden() else { return Ok(()) };
    match connection.query(question).await?.first().and_then(|row| row.at(0)) {
        Some(reason) => Err(DriverError::new(ErrorKind::Statement, reason)),
        None => Ok(()),
    }
}

/// Reads everything that a command needs.
///
/// # Errors
/// What the database says; and when the tables are of a newer format than this program knows.
pub async fn load(
    connection: &mut dyn Connection,
    sql: &dyn BookkeepingSql,
    names: &BookkeepingNames,
) -> Result<Loaded, DriverError> {
    let Some(rows) = absent(connection.query(&sql.select_history(names)).await)? else {
        refuse_hidden(connection, sql).await?;
        return Ok(Loaded::default());
    };
    let meta = absent(connection.query(&sql.select_meta(names)).await)?.unwrap_or_default();
    let value = |key: &str| {
        let row = meta.iter().find(|row| row.text("name") == Some(key));
        row.and_then(|row| row.text("value")).map(str::to_owned)
    };
    check_format(value("format").as_deref())?;
    let journal = absent(connection.query(&sql.select_steps(names, None)).await)?.unwrap_or_default();
    Ok(Loaded {
        rows: rows.iter().map(HistoryRow::read).collect::<Result<_, _>>()?,
        initialized: !meta.is_empty(),
        environment: value("environment"),
        journal: journal.iter().map(journal_row).collect(),
    })
}

/// The one read of a start-up; `None` when there are no tables yet.
///
/// # Errors
/// As [`load`].
pub async fn load_start(
    connection: &mut dyn Connection,
    sql: &dyn BookkeepingSql,
    names: &BookkeepingNames,
) -> Result<Option<Start>, DriverError> {
    let Some(rows) = absent(connection.query(&sql.select_start(names)).await)? else {
        refuse_hidden(connection, sql).await?;
        return Ok(None);
    };
    let Some(row) = rows.first() else { return Ok(None) };
    check_format(row.text("format"))?;
    Ok(Some(Start {
        digest: row.text("digest").unwrap_or_default().to_owned(),
        applied: row.integer("applied").and_then(|count| count.try_into().ok()).unwrap_or(0),
        begun: row.integer("begun").and_then(|count| count.try_into().ok()).unwrap_or(0),
    }))
}

fn check_format(format: Option<&str>) -> Result<(), DriverError> {
    match format.map(str::parse::<i64>) {
        Some(Ok(found)) if found > FORMAT => Err(DriverError::new(
            ErrorKind::Configuration,
            format!(
                "the migration tables are of format {found}; this program knows {FORMAT}: update the program"
            ),
        )),
        _ => Ok(()),
    }
}

fn journal_row(row: &crate::dialect::Row) -> JournalRow {
    let text = |column: &str| row.text(column).unwrap_or_default().to_owned();
    JournalRow {
        revision: text("revision"),
        direction: text("direction"),
        position: row.integer("position").and_then(|position| position.try_into().ok()).unwrap_or(0),
        statement_digest: text("statement_digest"),
        prefix_digest: text("prefix_digest"),
        state: text("state"),
        error: row.text("error").map(str::to_owned),
    }
}
