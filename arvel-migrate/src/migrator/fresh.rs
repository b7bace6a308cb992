//! Dropping everything, and starting over.

use super::{FreshReport, Migrator, UpgradeRequest};
use crate::{Error, exec::wipe};

impl Migrator {
    /// Drops what belongs to the application's schema and empties the history. The lock and meta tables stay, with the
    /// stamp of the environment; `all` drops them too. Answers with the statements.
    ///
    /// # Errors
    /// [`Error`]; where the database can, nothing was dropped then.
    pub async fn wipe(&self, all: bool) -> Result<Vec<String>, Error> {
        Ok(wipe(self.target(), &self.options, &*self.observer, all).await?)
    }

    /// Drops everything and applies every migration. The plan is made before the first drop.
    ///
    /// # Errors
    /// [`Error`]; a migration that can not be planned stops it before anything is dropped.
    pub async fn fresh(&self) -> Result<FreshReport, Error> {
        let everything = UpgradeRequest::default();
        self.upgrade_from_nothing(&everything)?;
        let dropped = self.wipe(false).await?;
        Ok(FreshReport { dropped, up: self.migrate(&everything).await? })
    }

    /// The plan for an empty database.
    ///
    /// # Errors
    /// What can not be planned.
    pub fn upgrade_from_nothing(&self, request: &UpgradeRequest) -> Result<crate::plan::Plan, Error> {
        let comparison = self.compare(&crate::history::Loaded::default());
        let target = match &request.target {
            Some(target) => target.for_upgrade(&self.graph, comparison.applied())?,
            None => crate::plan::UpgradeTarget::Heads,
        };
        Ok(crate::plan::upgrade(&self.graph, &comparison, &target)?)
    }
}
