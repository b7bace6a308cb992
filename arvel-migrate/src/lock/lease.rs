//! The lease row: who is at work, and the epoch that fences off whoever lost the lock.

use std::{
    fmt,
    time::{Duration, Instant},
};

use super::{LockError, LockOptions};
use crate::{
    dialect::{Connection, DriverError, ErrorKind},
    history::{BookkeepingNames, BookkeepingSql, Owner},
};

/// Who holds the lease, as the row says.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holder {
    /// Process and program.
    pub owner: String,
    /// The host.
    pub host: String,
    /// Since when, UTC.
    pub since: String,
    /// What it set out to do.
    pub note: String,
    session: String,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} on {} since {}", self.owner, self.host, self.since)?;
        if self.note.is_empty() { Ok(()) } else { write!(f, " ({})", self.note) }
    }
}

/// The lease, while it is held.
#[derive(Debug)]
pub(crate) struct Lease {
    pub(crate) epoch: i64,
    pub(crate) session: String,
    /// Whether a holder had vanished without giving it back: what the history said before may have changed since.
    pub(crate) taken_over: bool,
}

struct LeaseRow {
    epoch: i64,
    beat: i64,
    holder: Option<Holder>,
}

async fn read(
    connection: &mut dyn Connection,
    sql: &dyn BookkeepingSql,
    names: &BookkeepingNames,
) -> Result<LeaseRow, DriverError> {
    let rows = connection.query(&sql.select_lease(names)).await?;
    let row = rows.first().ok_or_else(|| {
        DriverError::new(ErrorKind::Statement, "the lock table has lost its row; insert (1, 0, 0)")
    })?;
    let text = |column: &str| row.text(column).unwrap_or_default().to_owned();
    Ok(LeaseRow {
        epoch: row.integer("epoch").unwrap_or(0),
        beat: row.integer("beat").unwrap_or(0),
        holder: row.text("owner").map(|owner| Holder {
            owner: owner.to_owned(),
            host: text("host"),
            since: text("started_at"),
            note: text("note"),
            session: text("session"),
        }),
    })
}

/// Who holds the lease; `None` when nobody does or nobody can be asked.
pub(crate) async fn read_holder(
    connection: &mut dyn Connection,
    sql: &dyn BookkeepingSql,
    names: &BookkeepingNames,
) -> Option<Holder> {
    read(connection, sql, names).await.ok()?.holder
}

impl Lease {
    /// Takes the lease under the session lock. A holder that vanished without giving it back may still have a
    /// statement running on the server: it is waited for.
    pub(crate) async fn take(
        connection: &mut dyn Connection,
        sql: &dyn BookkeepingSql,
        names: &BookkeepingNames,
        options: LockOptions,
        note: &str,
    ) -> Result<Option<Self>, LockError> {
        let Some(session_query) = sql.session() else { return Ok(None) };
        let session = connection.query(session_query).await?;
        let session = session.first().and_then(|row| row.at(0)).unwrap_or_default().to_owned();
        let started = Instant::now();
        loop {
            let row = read(connection, sql, names).await?;
            if let Some(holder) = &row.holder
                && let Some(question) = sql.session_alive(&holder.session)
                && !connection.query(&question).await?.is_empty()
            {
                let waited = started.elapsed();
                if waited >= options.timeout {
                    return Err(LockError::Draining { holder: Box::new(holder.clone()), waited });
                }
                tokio::time::sleep(Duration::from_millis(200)).await;
                continue;
            }
            let owner = Owner {
                owner: format!("process {}", std::process::id()),
                session: session.clone(),
                host: hostname::gethostname().to_string_lossy().chars().take(250).collect(),
                note: note.chars().take(250).collect(),
            };
            if connection.execute(&sql.take_lease(names, row.epoch, row.beat, &owner)).await? == 1 {
                return Ok(Some(Self { epoch: row.epoch + 1, session, taken_over: row.holder.is_some() }));
            }
        }
    }

    /// Gives the lease back.
    pub(crate) async fn release(
        self,
        connection: &mut dyn Connection,
        sql: &dyn BookkeepingSql,
        names: &BookkeepingNames,
    ) {
        let _ = connection.execute(&sql.release_lease(names, self.epoch)).await;
    }
}
