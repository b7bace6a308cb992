//! Dropping everything, and starting over.

use super::{FreshReport, Migrator, UpgradeRequest};
use crate::{
    Error,
    exec::{RunError, only_ours, wipe},
    history::{Loaded, store},
    operation::Made,
    plan,
};

impl Migrator {
    /// Drops what belongs to the application's schema, and what its applied migrations made elsewhere, and empties the
    /// history. The lock and meta tables stay, with the stamp of the environment; `all` drops them too. Answers with the
    /// statements.
    ///
    /// # Errors
    /// [`Error`]; where the database can, nothing was dropped then. [`RunError::Foreign`] when a schema that a migration
    /// made holds what no migration made.
    pub async fn wipe(&self, all: bool) -> Result<Vec<String>, Error> {
        Ok(wipe(self.target(), &self.options, &*self.observer, &|loaded| self.made(loaded), all).await?)
    }

    /// Drops everything and applies every migration. The plan is made before the first drop.
    ///
    /// # Errors
    /// [`Error`]; a migration that can not be planned stops it before anything is dropped.
    pub async fn fresh(&self) -> Result<FreshReport, Error> {
        let everything = UpgradeRequest::default();
        // What can not be said in SQL, or not be split, is found before anything is dropped.
        let plan = self.upgrade_from_nothing(&everything)?;
        self.dry_run_from_nothing(&plan).await?;
        let dropped = self.wipe(false).await?;
        Ok(FreshReport { dropped, up: self.migrate(&everything).await? })
    }

    /// The statements that [`wipe`](Self::wipe) would run. Nothing is changed.
    ///
    /// # Errors
    /// When the catalog of the database can not be read; [`RunError::Foreign`].
    pub async fn plan_wipe(&self, all: bool) -> Result<Vec<String>, Error> {
        let Some(mut db) = self.connect_to_ask().await? else { return Ok(Vec::new()) };
        let dialect = db.dialect().clone();
        let keep = self.names.all();
        let loaded = store::load(db.connection(), dialect.bookkeeping(), &self.names).await;
        let made = self.made(&loaded.map_err(RunError::database("reading the history"))?);
        let found = dialect.wipe(db.connection(), &keep, &made).await;
        let found = only_ours(found.map_err(RunError::database("finding what to drop"))?)?;
        let mut statements: Vec<String> = found.into_iter().map(|statement| statement.sql).collect();
        if all {
            let drop = |table| format!("DROP TABLE {}", dialect.bookkeeping().table(&self.names, table));
            statements.extend(keep.iter().map(|table| drop(table)));
        }
        let _ = db.into_connection().close().await;
        Ok(statements)
    }

    /// What [`fresh`](Self::fresh) would drop and run. Nothing is changed.
    ///
    /// # Errors
    /// When the database can not be read, or a migration can not be planned.
    pub async fn dry_run_fresh(&self) -> Result<FreshReport, Error> {
        let plan = self.upgrade_from_nothing(&UpgradeRequest::default())?;
        let dropped = self.plan_wipe(false).await?;
        Ok(FreshReport { dropped, up: self.dry_run_from_nothing(&plan).await? })
    }

    fn made(&self, loaded: &Loaded) -> Made {
        plan::made(&self.compare(loaded), self.family())
    }

    /// The plan for an empty database.
    ///
    /// # Errors
    /// What can not be planned.
    pub fn upgrade_from_nothing(&self, request: &UpgradeRequest) -> Result<plan::Plan, Error> {
        let comparison = self.compare(&Loaded::default());
        let target = match &request.target {
            Some(target) => target.for_upgrade(&self.graph, comparison.applied())?,
            None => self.among_selected(plan::UpgradeTarget::Heads, &comparison)?,
        };
        Ok(plan::upgrade(&self.graph, &comparison, &target, self.family())?)
    }
}
