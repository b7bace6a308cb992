//! Work on the rows of a big table, part by part.

use super::{DslError, Schema};
use crate::{
    db::Db,
    operation::{Batch, BatchFn, BatchStep, DataResult, Operation, TableName},
};

impl Schema {
    /// Runs code on all rows of a table, `size` rows at a time in the order of `key`. Each part is a transaction of its
    /// own, and how far it came is kept with it: after a stop it goes on with the part that was not finished. The
    /// migration's other operations are not in one transaction with it, so it stands best in a migration of its own.
    ///
    /// `key` is a column that is NOT NULL and has an index; rows that come later with a smaller key are not seen.
    ///
    /// ```
    /// # use arvel_migrate::dsl::Schema;
    /// # fn up(schema: &mut Schema) {
    /// schema.batched("fill slugs", "posts", "id", 1_000, async |db, batch| {
    ///     db.execute(&format!("UPDATE posts SET slug = lower(title) WHERE {batch}"), &[]).await?;
    ///     Ok(())
    /// });
    /// # }
    /// ```
    pub fn batched<F>(&mut self, name: &str, table: &str, key: &str, size: u32, run: F)
    where
        F: for<'a> AsyncFn(&'a mut Db, Batch) -> DataResult + for<'a> BatchFn<'a> + 'static,
    {
        let table = TableName::parse(table);
        for (what, text) in [("table", &*table.name), ("column", key)] {
            if text.is_empty() {
                self.recorded.errors.push(DslError::EmptyName { table: table.to_string(), what });
            }
        }
        if size == 0 {
            self.recorded.errors.push(DslError::EmptyBatch { name: name.to_owned() });
        }
        self.recorded.operations.push(Operation::Batched(BatchStep::new(name, table, key, size, run)));
    }
}
