//! Tables as text that can be compared: types and defaults are spelt differently by each engine and are left out.

use super::{TestDatabase, difference::told};
use crate::{
    Error,
    migration::Catalog,
    operation::TableName,
    schema::{DatabaseSchema, Table},
};

impl TestDatabase {
    /// The live schema without the bookkeeping tables.
    ///
    /// # Errors
    /// What the database says.
    pub async fn schema(&self) -> Result<DatabaseSchema, Error> {
        Ok(self.migrator(Catalog::default())?.inspect(None).await?.schema)
    }
}

/// The table of this name as lines: columns in order, then indexes, then foreign keys, each sorted by name. Empty when
/// there is none.
#[must_use]
pub fn outline(schema: &DatabaseSchema, table: &str) -> Vec<String> {
    let found = schema.tables.iter().find(|(name, _)| name.name == TableName::parse(table).name);
    found.map(|(_, table)| outline_of(table)).unwrap_or_default()
}

fn outline_of(table: &Table) -> Vec<String> {
    let key: &[String] = table.primary_key.as_ref().map_or(&[], |key| &key.columns);
    let columns = table.columns.iter().map(|column| {
        let mut line = column.name.clone();
        if key.contains(&column.name) {
            line.push_str(" key");
        } else if column.nullable {
            line.push_str(" null");
        }
        if column.auto_increment {
            line.push_str(" counts");
        }
        line
    });
    let mut indexes: Vec<String> = table
        .indexes
        .iter()
        .map(|index| format!("{} {} ({})", index.kind.word(), index.name, index.texts().join(", ")))
        .collect();
    indexes.sort();
    let mut keys: Vec<String> = table.foreign_keys.iter().map(told).collect();
    keys.sort();
    columns.chain(indexes).chain(keys).collect()
}
