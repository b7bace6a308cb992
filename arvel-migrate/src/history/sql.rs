//! The statements of the bookkeeping tables, as each dialect writes them.

use super::NewRow;

/// The names of the bookkeeping tables, already quoted by the dialect.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BookkeepingNames {
    /// The schema, unquoted, when one is configured.
    pub schema: Option<String>,
    /// The prefix, `arvel`.
    pub prefix: String,
}

impl BookkeepingNames {
    /// `arvel_migrations`.
    #[must_use]
    pub fn history(&self) -> String {
        format!("{}_migrations", self.prefix)
    }
    /// `arvel_migration_meta`.
    #[must_use]
    pub fn meta(&self) -> String {
        format!("{}_migration_meta", self.prefix)
    }
    /// `arvel_migration_lock`.
    #[must_use]
    pub fn lock(&self) -> String {
        format!("{}_migration_lock", self.prefix)
    }
    /// `arvel_migration_steps`.
    #[must_use]
    pub fn steps(&self) -> String {
        format!("{}_migration_steps", self.prefix)
    }
    /// `arvel_migration_log`.
    #[must_use]
    pub fn log(&self) -> String {
        format!("{}_migration_log", self.prefix)
    }
    /// All of them.
    #[must_use]
    pub fn all(&self) -> Vec<String> {
        vec![self.history(), self.meta(), self.lock(), self.steps(), self.log()]
    }
}

impl Default for BookkeepingNames {
    fn default() -> Self {
        Self { schema: None, prefix: "arvel".to_owned() }
    }
}

/// What the engine asks of a dialect for its own tables. Texts only; the store sends them.
pub trait BookkeepingSql: Send + Sync {
    /// The placeholder of argument `n`, from 1.
    fn placeholder(&self, n: usize) -> String;
    /// Creates what is missing of the five tables and their first rows. Running it again changes nothing.
    fn create(&self, names: &BookkeepingNames) -> Vec<String>;
    /// Reads all history rows, in the order of `seq`, with the columns of [`HistoryRow`](super::HistoryRow);
    /// `applied_at` as ISO 8601 text.
    fn select_history(&self, names: &BookkeepingNames) -> String;
    /// Inserts a row with `seq` = max + 1; `duration` is a SQL expression in milliseconds.
    fn insert_history(&self, names: &BookkeepingNames, row: &NewRow, duration: &str) -> String;
    /// The moment, in UTC, as an expression of the type of the tables' time columns.
    fn now(&self) -> &'static str;
}
