//! What a database holds, asked through the facade. Nothing is changed.

use std::collections::BTreeMap;

use super::{DatabaseIdentity, Migrator};
use crate::{
    Error,
    exec::RunError,
    operation::TableName,
    schema::{DatabaseSchema, Table, Wanted},
};

/// How big a table is, as far as the database tells without counting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct TableSize {
    /// About how many rows.
    pub rows: Option<u64>,
    /// Bytes on disk, with indexes.
    pub bytes: Option<u64>,
}

/// A database as it is.
#[derive(Clone, Debug)]
pub struct Inspection {
    /// Which database.
    pub database: DatabaseIdentity,
    /// What is in it, without the tables of the bookkeeping.
    pub schema: DatabaseSchema,
    /// The sizes of the tables of its own schema.
    pub sizes: BTreeMap<TableName, TableSize>,
}

impl Migrator {
    /// Everything in the connection's own schema, or what is wanted of it.
    ///
    /// # Errors
    /// What the database says.
    pub async fn inspect(&self, wanted: Option<&Wanted>) -> Result<Inspection, Error> {
        let Some(mut db) = self.connect_to_ask().await? else {
            let driver = self.driver.offline_dialect().capability().display_name;
            return Ok(Inspection {
                database: DatabaseIdentity::of(&self.url, driver).named(&self.name),
                schema: DatabaseSchema::default(),
                sizes: BTreeMap::new(),
            });
        };
        let dialect = db.dialect().clone();
        let schema = dialect.inspect(db.connection(), wanted).await;
        let mut schema = schema.map_err(RunError::database("reading the schema"))?;
        if wanted.is_none() {
            let own = self.names().all();
            schema.tables.retain(|name, _| !own.contains(&name.name));
        }
        let mut sizes = BTreeMap::new();
        // A size is a courtesy: where it can not be had, the rest is told all the same.
        for row in db.connection().query(dialect.sizes()).await.unwrap_or_default() {
            let cell = |at| row.at(at).and_then(|text| text.parse().ok());
            let name = TableName { schema: None, name: row.at(0).unwrap_or_default().to_owned() };
            sizes.insert(name, TableSize { rows: cell(1), bytes: cell(2) });
        }
        let database = DatabaseIdentity::of(&self.url, dialect.capability().display_name).named(&self.name);
        let _ = db.into_connection().close().await;
        Ok(Inspection { database, schema, sizes })
    }

    /// A table as it is; `None` when there is none.
    ///
    /// # Errors
    /// What the database says.
    pub async fn table(&self, name: &str) -> Result<Option<Table>, Error> {
        let name = TableName::parse(name);
        let mut found = self.inspect(Some(&Wanted::table(name.clone()))).await?;
        Ok(found.schema.tables.remove(&name))
    }

    /// Whether the table exists.
    ///
    /// # Errors
    /// What the database says.
    pub async fn has_table(&self, table: &str) -> Result<bool, Error> {
        Ok(self.table(table).await?.is_some())
    }

    /// Whether the table exists and has the column.
    ///
    /// # Errors
    /// What the database says.
    pub async fn has_column(&self, table: &str, column: &str) -> Result<bool, Error> {
        Ok(self.table(table).await?.is_some_and(|table| table.column(column).is_some()))
    }
}
