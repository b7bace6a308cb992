//! The lock of a run: an advisory lock on a connection of its own, or a lock file beside a file database.

use std::{
    fs::{File, OpenOptions, TryLockError},
    path::PathBuf,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};

use super::{LockError, LockOptions, read_holder};
use crate::{
    dialect::{Connection, Driver, SharedDialect},
    exec::{Event, Observer},
    history::BookkeepingNames,
    url::DatabaseUrl,
};

/// The lock, while it is held. Dropping it releases it too, with the connection or the file.
pub(crate) enum SessionLock {
    /// An advisory lock of the server.
    Server {
        /// The connection that holds it.
        connection: Box<dyn Connection>,
        /// The query that releases it.
        unlock: String,
    },
    /// A lock file.
    File(File),
    /// Nobody else can reach the database.
    Unneeded,
}

/// One name per database and history table.
pub(crate) fn lock_name(url: &DatabaseUrl, names: &BookkeepingNames) -> String {
    let text = format!("{}\0{}\0{}", url.database(), names.schema.as_deref().unwrap_or(""), names.prefix);
    let hash = crate::migration::Checksum::of_text(&text);
    // MySQL takes 64 characters.
    format!("arvel:{}", hash.as_str().trim_start_matches("v1:").chars().take(40).collect::<String>())
}

impl SessionLock {
    /// Takes the lock, polling until it is granted or the time is up.
    pub(crate) async fn acquire(
        driver: &dyn Driver,
        url: &DatabaseUrl,
        names: &BookkeepingNames,
        options: LockOptions,
        observer: &dyn Observer,
    ) -> Result<Self, LockError> {
        let sql = driver.offline_dialect();
        let name = lock_name(url, names);
        match (sql.bookkeeping().try_lock(&name), sql.bookkeeping().unlock(&name)) {
            (Some(try_lock), Some(unlock)) => {
                let (mut connection, dialect) = driver.connect(url, false).await?;
                let mut wait = Wait::new(options, observer);
                loop {
                    let rows = connection.query(&try_lock).await?;
                    // NULL is an error of the server, not an answer: it locks nothing.
                    if rows.first().and_then(|row| row.at(0)).is_some_and(|cell| cell == "t" || cell == "1") {
                        return Ok(Self::Server { connection, unlock });
                    }
                    wait.turn(Some((&mut *connection, &dialect)), names).await?;
                }
            }
            _ => match url.file() {
                Some(file) => Self::acquire_file(file, names, Wait::new(options, observer)).await,
                None => Ok(Self::Unneeded),
            },
        }
    }

    async fn acquire_file(
        file: PathBuf,
        names: &BookkeepingNames,
        mut wait: Wait<'_>,
    ) -> Result<Self, LockError> {
        let mut path = file.into_os_string();
        path.push(".arvel-lock");
        let path = PathBuf::from(path);
        let open = OpenOptions::new().create(true).truncate(false).write(true).open(&path);
        let handle = open.map_err(|error| LockError::File { path: path.clone(), error })?;
        loop {
            match handle.try_lock() {
                Ok(()) => return Ok(Self::File(handle)),
                Err(TryLockError::WouldBlock) => wait.turn(None, names).await?,
                Err(TryLockError::Error(error)) => return Err(LockError::File { path, error }),
            }
        }
    }

    /// A connection beside the working one, while a server lock is held: it can cancel what the other does.
    pub(crate) fn side(&mut self) -> Option<&mut dyn Connection> {
        match self {
            Self::Server { connection, .. } => Some(&mut **connection),
            _ => None,
        }
    }

    /// Releases the lock. A connection that can not say so any more has released it by breaking.
    pub(crate) async fn release(self) {
        match self {
            Self::Server { mut connection, unlock } => {
                let _ = connection.query(&unlock).await;
                let _ = connection.close().await;
            }
            Self::File(handle) => {
                let _ = handle.unlock();
            }
            Self::Unneeded => {}
        }
    }
}

/// One wait: its bound, its jitter, and what it tells the observer once a second.
struct Wait<'a> {
    options: LockOptions,
    observer: &'a dyn Observer,
    started: Instant,
    told: Option<Instant>,
}

impl<'a> Wait<'a> {
    fn new(options: LockOptions, observer: &'a dyn Observer) -> Self {
        Self { options, observer, started: Instant::now(), told: None }
    }

    async fn turn(
        &mut self,
        ask: Option<(&mut dyn Connection, &SharedDialect)>,
        names: &BookkeepingNames,
    ) -> Result<(), LockError> {
        let waited = self.started.elapsed();
        let up = waited >= self.options.timeout;
        if up || self.told.is_none_or(|told| told.elapsed() >= Duration::from_secs(1)) {
            let holder = match ask {
                Some((connection, dialect)) => read_holder(connection, dialect.bookkeeping(), names).await,
                None => None,
            };
            if up {
                return Err(LockError::Busy { holder: holder.map(Box::new), waited });
            }
            self.observer.event(&Event::LockWaiting { holder: holder.as_ref(), waited });
            self.told = Some(Instant::now());
        }
        tokio::time::sleep(Duration::from_millis(30 + jitter(120))).await;
        Ok(())
    }
}

/// A number below `bound` that differs between processes: nobody waits in step with another.
pub(crate) fn jitter(bound: u64) -> u64 {
    let nanos = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |now| u64::from(now.subsec_nanos()));
    (nanos / 1000 + u64::from(std::process::id()) * 7919) % bound
}
