//! The database itself: is it there, make it, drop it, talk to it.

use super::Migrator;
use crate::{Error, db::Db, exec::RunError};

impl Migrator {
    /// Whether the database exists.
    ///
    /// # Errors
    /// When the server can not be asked.
    pub async fn database_exists(&self) -> Result<bool, Error> {
        let exists = self.driver.database_exists(&self.url).await;
        Ok(exists.map_err(RunError::database("looking for the database"))?)
    }

    /// Creates the database.
    ///
    /// # Errors
    /// What the server says; it may exist already.
    pub async fn create_database(&self) -> Result<(), Error> {
        let created = self.driver.create_database(&self.url).await;
        Ok(created.map_err(RunError::database("creating the database"))?)
    }

    /// Drops the database with everything in it.
    ///
    /// # Errors
    /// What the server says; sessions may be connected.
    pub async fn drop_database(&self) -> Result<(), Error> {
        let dropped = self.driver.drop_database(&self.url).await;
        Ok(dropped.map_err(RunError::database("dropping the database"))?)
    }

    /// A live connection of its own, for questions and seeders.
    ///
    /// # Errors
    /// When the database can not be reached.
    pub async fn connect(&self) -> Result<Db, Error> {
        let connected = self.driver.connect(&self.url, self.options.create).await;
        let (connection, dialect) = connected.map_err(RunError::connecting(&self.url))?;
        Ok(Db::new(connection, dialect))
    }

    /// As [`connect`](Self::connect), without ever creating a file.
    pub(super) async fn connect_to_ask(&self) -> Result<Option<Db>, RunError> {
        match self.driver.connect(&self.url, false).await {
            Ok((connection, dialect)) => Ok(Some(Db::new(connection, dialect))),
            // A file that is not there holds no history; questions never create it.
            Err(_) if self.url.file().is_some_and(|file| !file.exists()) => Ok(None),
            Err(error) => Err(RunError::connecting(&self.url)(error)),
        }
    }
}
