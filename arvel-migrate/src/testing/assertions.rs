//! What the tests of applications and packages ask: does every way back lead back, and is the database what its
//! migrations make?

use std::collections::BTreeMap;

use super::{Engine, TestDatabase};
use crate::{
    Error, Migrator, RollbackRequest, UpgradeRequest,
    exec::RunError,
    graph::Target,
    migration::Catalog,
    operation::TableName,
    schema::{DatabaseSchema, Table},
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
            if let Some(difference) = difference(&before, &schema(&migrator).await?) {
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
        match difference(&wanted, &found) {
            Some(difference) => Err(AssertionError::Drift { difference }),
            None => Ok(()),
        }
    }
}

/// The live schema without the bookkeeping.
async fn schema(migrator: &Migrator) -> Result<DatabaseSchema, Error> {
    let mut db = migrator.connect().await?;
    let dialect = db.dialect().clone();
    let schema = dialect.inspect(db.connection(), None).await;
    let mut schema =
        schema.map_err(|error| RunError::Database { doing: "reading the schema".into(), error })?;
    let own = migrator.names().all();
    schema.tables.retain(|name, _| !own.contains(&name.name));
    let _ = db.into_connection().close().await;
    Ok(schema)
}

/// The first table that differs, in words.
fn difference(wanted: &DatabaseSchema, found: &DatabaseSchema) -> Option<String> {
    let names = |schema: &DatabaseSchema| -> BTreeMap<TableName, Table> { schema.tables.clone() };
    let (wanted, found) = (names(wanted), names(found));
    for (name, table) in &wanted {
        match found.get(name) {
            None => return Some(format!("table `{name}` is missing")),
            Some(other) if !same(table, other) => {
                return Some(format!("table `{name}` is {other:?} and should be {table:?}"));
            }
            Some(_) => {}
        }
    }
    found.keys().find(|name| !wanted.contains_key(*name)).map(|name| format!("table `{name}` is left over"))
}

/// Sameness of tables: their `CREATE TABLE` texts may differ in white space after a rebuild.
fn same(one: &Table, other: &Table) -> bool {
    let plain = |table: &Table| Table { sql: None, ..table.clone() };
    plain(one) == plain(other)
}
