//! Long work on the rows of one table, a part at a time: each part is a transaction, and what is done stays done.

use std::{fmt, pin::Pin, sync::Arc};

use super::{DataResult, TableName};
use crate::db::Db;

type Boxed<'a> = Pin<Box<dyn Future<Output = DataResult> + Send + 'a>>;
type Run = dyn for<'a> Fn(&'a mut Db, Batch) -> Boxed<'a> + Send + Sync;

/// Implemented for `async fn(&mut Db, Batch)` and for `async |db, batch| …` that captures nothing borrowed.
pub trait BatchFn<'a>: Send + Sync {
    /// The future of one call.
    type Future: Future<Output = DataResult> + Send + 'a;
    /// Calls it.
    fn call(&self, db: &'a mut Db, batch: Batch) -> Self::Future;
}

impl<'a, F, R> BatchFn<'a> for F
where
    F: Fn(&'a mut Db, Batch) -> R + Send + Sync,
    R: Future<Output = DataResult> + Send + 'a,
{
    type Future = R;

    fn call(&self, db: &'a mut Db, batch: Batch) -> R {
        self(db, batch)
    }
}

/// A part of a table: the rows whose key lies behind one value and not behind another. As text it is the condition:
/// `"id" > '1000' AND "id" <= '2000'`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Batch {
    /// The last key of the part before; `None` for the first part.
    pub after: Option<String>,
    /// The last key of this part.
    pub up_to: String,
    condition: String,
}

impl Batch {
    pub(crate) fn new(after: Option<String>, up_to: String, condition: String) -> Self {
        Self { after, up_to, condition }
    }
}

impl fmt::Display for Batch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.condition)
    }
}

/// Work on all rows of a table, part by part in the order of a key.
#[derive(Clone)]
pub struct BatchStep {
    /// What it does, in the author's words.
    pub name: String,
    /// The table.
    pub table: TableName,
    /// A column that is NOT NULL and has an index: the primary key of one column.
    pub key: String,
    /// How many rows a part has.
    pub size: u32,
    run: Arc<Run>,
}

impl BatchStep {
    pub(crate) fn new<F>(name: &str, table: TableName, key: &str, size: u32, run: F) -> Self
    where
        F: for<'a> BatchFn<'a> + 'static,
    {
        Self {
            name: name.to_owned(),
            table,
            key: key.to_owned(),
            size,
            run: Arc::new(move |db, batch| Box::pin(run.call(db, batch))),
        }
    }

    /// Runs the code on one part, in a transaction of its own. It may be called again after a retry.
    ///
    /// # Errors
    /// Whatever the code answers with.
    pub async fn run(&self, db: &mut Db, batch: Batch) -> DataResult {
        (self.run)(db, batch).await
    }
}

impl fmt::Debug for BatchStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("BatchStep")
            .field("name", &self.name)
            .field("table", &self.table)
            .field("key", &self.key)
            .field("size", &self.size)
            .finish_non_exhaustive()
    }
}
