//! The questions: what is applied, what is pending. They never write.

use super::Migrator;
use crate::{
    Error,
    exec::RunError,
    history::{Comparison, Loaded, Remembered, store},
    migration::DEFAULT_DATABASE,
    url::DatabaseUrl,
};

/// Which database was asked, without any secret.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct DatabaseIdentity {
    /// The name in the configuration.
    pub name: String,
    /// The database's name for people.
    pub driver: String,
    /// Host and port; empty for a file.
    pub host: String,
    /// The database, or the file's path.
    pub database: String,
}

impl DatabaseIdentity {
    /// The identity of a URL.
    #[must_use]
    pub fn of(url: &DatabaseUrl, driver: &str) -> Self {
        Self {
            name: DEFAULT_DATABASE.to_owned(),
            driver: driver.to_owned(),
            host: url.host().to_owned(),
            database: url.database().to_owned(),
        }
    }

    /// The same with the name that the configuration has for it.
    #[must_use]
    pub fn named(mut self, name: &str) -> Self {
        name.clone_into(&mut self.name);
        self
    }
}

/// Everything that `db status` shows.
#[derive(Clone, Debug)]
pub struct Status {
    /// Every revision with its state.
    pub comparison: Comparison,
    /// The environment that the database was stamped with.
    pub environment: Option<String>,
    /// Whether the bookkeeping tables are there.
    pub initialized: bool,
    /// Which database.
    pub database: DatabaseIdentity,
}

impl Migrator {
    /// The state of every revision.
    ///
    /// # Errors
    /// When the database can not be read.
    pub async fn status(&self) -> Result<Status, Error> {
        let (loaded, driver) = self.load().await?;
        Ok(Status {
            comparison: self.in_sight(self.compare(&loaded)),
            environment: loaded.environment.clone(),
            initialized: loaded.initialized,
            database: DatabaseIdentity::of(&self.url, driver).named(&self.name),
        })
    }

    /// What ran in the database, whatever the files are. An absent database file remembers nothing.
    ///
    /// # Errors
    /// When the database can not be read.
    pub async fn remembered(&self) -> Result<Remembered, Error> {
        Ok(Remembered::of(&self.load().await?.0))
    }

    /// What the database remembers. An absent SQLite file, or one without our tables, remembers nothing.
    pub(super) async fn load(&self) -> Result<(Loaded, &'static str), RunError> {
        let Some(mut db) = self.connect_to_ask().await? else {
            return Ok((Loaded::default(), self.driver.offline_dialect().capability().display_name));
        };
        let dialect = db.dialect().clone();
        let loaded = store::load(db.connection(), dialect.bookkeeping(), &self.names).await;
        let loaded = loaded.map_err(RunError::database("reading the history"))?;
        let _ = db.into_connection().close().await;
        Ok((loaded, dialect.capability().display_name))
    }
}
