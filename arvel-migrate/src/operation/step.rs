//! Steps that are not schema changes: SQL as written, and code.

use std::{fmt, pin::Pin, sync::Arc};

use serde::{Deserialize, Serialize};

use crate::db::Db;

/// SQL as written in a migration: one text for all databases, or one for each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SqlStep {
    /// The texts. An entry without a database is for all that are not named.
    pub texts: Vec<(Option<String>, String)>,
    /// The line of the file at which the text begins, for SQL files.
    pub first_line: Option<usize>,
    /// The file that the text was embedded from, when it is not the migration's own. The checksum does not know it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
}

/// A SQL file in the program, made by [`include_sql!`](crate::include_sql).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EmbeddedSql {
    /// The source file that names it.
    pub beside: &'static str,
    /// Its path from there.
    pub file: &'static str,
    /// What is in it.
    pub text: &'static str,
}

impl EmbeddedSql {
    /// Its path, from where the source file's path begins.
    #[must_use]
    pub fn path(&self) -> String {
        let folder = self.beside.rfind(['/', '\\']).map_or("", |at| &self.beside[..=at]);
        format!("{folder}{}", self.file)
    }
}

impl SqlStep {
    /// One text for every database.
    #[must_use]
    pub fn everywhere(text: impl Into<String>) -> Self {
        Self { texts: vec![(None, text.into())], first_line: None, file: None }
    }

    /// The text for a database family (`sqlite`, `postgres`, `mysql`), if there is one.
    #[must_use]
    pub fn text_for(&self, dialect: &str) -> Option<&str> {
        let named = self.texts.iter().find(|(name, _)| name.as_deref() == Some(dialect));
        let general = self.texts.iter().find(|(name, _)| name.is_none());
        named.or(general).map(|(_, text)| text.as_str())
    }

    pub(crate) fn describe(&self) -> String {
        let text = self.texts.first().map_or("", |(_, text)| text.as_str());
        let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or("");
        let short: String = line.chars().take(60).collect();
        if short.len() < line.len() { format!("sql `{short}…`") } else { format!("sql `{short}`") }
    }
}

/// What a data step answers with.
pub type DataResult = Result<(), Box<dyn std::error::Error + Send + Sync>>;

type Boxed<'a> = Pin<Box<dyn Future<Output = DataResult> + Send + 'a>>;

/// Implemented for `async fn(&mut Db)` and for `async |db| …` that captures nothing borrowed.
///
/// It exists because the future of an async closure can not be named in a bound, and must be `Send`.
pub trait DataFn<'a>: Send + Sync {
    /// The future of one call.
    type Future: Future<Output = DataResult> + Send + 'a;
    /// Calls it.
    fn call(&self, db: &'a mut Db) -> Self::Future;
}

impl<'a, F, R> DataFn<'a> for F
where
    F: Fn(&'a mut Db) -> R + Send + Sync,
    R: Future<Output = DataResult> + Send + 'a,
{
    type Future = R;

    fn call(&self, db: &'a mut Db) -> R {
        self(db)
    }
}

/// Code that works on rows, in the same transaction as the rest of its migration.
#[derive(Clone)]
pub struct DataStep {
    /// What it does, in the author's words. The only part of it that the checksum knows.
    pub name: String,
    run: Arc<dyn for<'a> Fn(&'a mut Db) -> Boxed<'a> + Send + Sync>,
}

impl DataStep {
    pub(crate) fn new<F>(name: &str, run: F) -> Self
    where
        F: for<'a> DataFn<'a> + 'static,
    {
        Self { name: name.to_owned(), run: Arc::new(move |db| Box::pin(run.call(db))) }
    }

    /// Runs the code. It may be called again after a retry.
    ///
    /// # Errors
    /// Whatever the code answers with.
    pub async fn run(&self, db: &mut Db) -> DataResult {
        (self.run)(db).await
    }
}

impl fmt::Debug for DataStep {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("DataStep").field("name", &self.name).finish_non_exhaustive()
    }
}
