//! What the tests of applications and packages ask: does every way back lead back, and is the database what its
//! migrations make?

use super::{
    Engine, TestDatabase,
    difference::{Order, difference},
};
use crate::{
    Error, Migrator, RollbackRequest, UpgradeRequest, graph::Target, migration::Catalog,
    schema::DatabaseSchema,
};

/// A promise that does not hold.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum AssertionError {
    /// Undoing a revision left something else than there was.
    #[error("undoing `{revision}` does not lead back: {difference}")]
    NotReversible {
        /// The revision.
        revision: String,
        /// The first table that differs, and how.
        difference: String,
    },
    /// The database is not what its migrations make.
    #[error("the database is not what its migrations make: {difference}")]
    Drift {
        /// The first table that differs, and how.
        difference: String,
    },
    /// A migration or the database failed.
    #[error(transparent)]
    Failed(#[from] Error),
}

impl TestDatabase {
    /// Applies each migration, undoes it, compares the schema with the one before, and applies it again.
    ///
    /// # Errors
    /// [`AssertionError::NotReversible`] with the revision and what differs; [`AssertionError::Failed`] when one of them
    /// fails or has no way back.
    pub async fn assert_reversible(&self, catalog: Catalog) -> Result<(), AssertionError> {
        let migrator = self.migrator(catalog)?;
        // The tables of the bookkeeping appear with the first run and are not compared.
        for revision in migrator.graph().order().to_vec() {
            let before = schema(&migrator).await?;
            let target = Target::parse(revision.as_str()).map_err(Error::from)?;
            let up = UpgradeRequest { target: Some(target), ..UpgradeRequest::default() };
            migrator.migrate(&up).await?;
            migrator.rollback(&RollbackRequest::Steps(1)).await?;
            if let Some(difference) = difference(&before, &schema(&migrator).await?, Order::Counts) {
                return Err(AssertionError::NotReversible { revision: revision.to_string(), difference });
            }
            migrator.migrate(&up).await?;
        }
        Ok(())
    }

    /// Compares the database with one that the migrations make from nothing, on the same engine.
    ///
    /// # Errors
    /// [`AssertionError::Drift`] with what differs.
    pub async fn assert_no_drift(&self, engine: Engine, catalog: Catalog) -> Result<(), AssertionError> {
        let Some(scratch) = Self::create(engine).await? else { return Ok(()) };
        let wanted = scratch.migrator(catalog)?;
        wanted.migrate(&UpgradeRequest::default()).await?;
        let wanted = schema(&wanted).await?;
        let found = schema(&self.migrator(Catalog::default())?).await?;
        match difference(&wanted, &found, Order::Counts) {
            Some(difference) => Err(AssertionError::Drift { difference }),
            None => Ok(()),
        }
    }
}

/// The live schema without the bookkeeping.
async fn schema(migrator: &Migrator) -> Result<DatabaseSchema, Error> {
    Ok(migrator.inspect(None).await?.schema)
}
