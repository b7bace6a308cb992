//! One statement, ready to be sent, and the question that tells whether it has happened.

use crate::{migration::TransactionMode, operation::TableName, schema::Table};

/// One SQL statement with what the executor must know about it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// The text, without a trailing semicolon.
    pub sql: String,
    /// `None` for what must stand outside a transaction.
    pub transaction: TransactionMode,
    /// How to see in the catalog that it has happened, when its outcome is unknown.
    pub probe: Option<Probe>,
    /// The line of the user's SQL file at which it begins.
    pub line: Option<usize>,
    /// Whether enforcement of foreign keys must be off while it runs (SQLite): the executor turns it off before BEGIN,
    /// since inside a transaction that does nothing, and checks all keys before COMMIT.
    pub needs_foreign_keys_off: bool,
}

impl Statement {
    /// A statement inside the migration's transaction.
    #[must_use]
    pub fn new(sql: impl Into<String>) -> Self {
        Self {
            sql: sql.into(),
            transaction: TransactionMode::PerMigration,
            probe: None,
            line: None,
            needs_foreign_keys_off: false,
        }
    }

    /// With the question that tells whether it has happened.
    #[must_use]
    pub fn probed(mut self, probe: Probe) -> Self {
        self.probe = Some(probe);
        self
    }

    /// With enforcement of foreign keys off.
    #[must_use]
    pub fn foreign_keys_off(mut self) -> Self {
        self.needs_foreign_keys_off = true;
        self
    }

    /// Outside any transaction.
    #[must_use]
    pub fn outside(mut self) -> Self {
        self.transaction = TransactionMode::None;
        self
    }
}

/// What the catalog shows once a statement has happened. Read through [`Dialect::inspect`](super::Dialect::inspect).
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Probe {
    /// The table is there.
    TableExists(TableName),
    /// The table is gone.
    TableMissing(TableName),
    /// The table has the column.
    ColumnExists(TableName, String),
    /// The table does not have the column.
    ColumnMissing(TableName, String),
    /// The table has an index of this name.
    IndexExists(TableName, String),
    /// The table has no index of this name.
    IndexMissing(TableName, String),
    /// The table has a foreign key of this name.
    ForeignKeyExists(TableName, String),
    /// The table has no foreign key of this name.
    ForeignKeyMissing(TableName, String),
    /// Running it once more leaves the same: it needs no question.
    Repeatable,
}

impl Probe {
    /// The table to look at; `None` when there is nothing to look at.
    #[must_use]
    pub fn table(&self) -> Option<&TableName> {
        match self {
            Probe::TableExists(table)
            | Probe::TableMissing(table)
            | Probe::ColumnExists(table, _)
            | Probe::ColumnMissing(table, _)
            | Probe::IndexExists(table, _)
            | Probe::IndexMissing(table, _)
            | Probe::ForeignKeyExists(table, _)
            | Probe::ForeignKeyMissing(table, _) => Some(table),
            Probe::Repeatable => None,
        }
    }

    /// Whether the statement has happened, given its table as the catalog shows it.
    #[must_use]
    pub fn holds(&self, table: Option<&Table>) -> bool {
        let index = |table: &Table, name: &str| table.indexes.iter().any(|index| index.name == name);
        let key = |table: &Table, name: &str| {
            table.foreign_keys.iter().any(|key| key.name.as_deref() == Some(name))
        };
        match (self, table) {
            (Probe::TableExists(_), table) => table.is_some(),
            (Probe::TableMissing(_), table) => table.is_none(),
            (Probe::ColumnExists(_, name), Some(table)) => table.column(name).is_some(),
            (Probe::ColumnMissing(_, name), Some(table)) => table.column(name).is_none(),
            (Probe::IndexExists(_, name), Some(table)) => index(table, name),
            (Probe::IndexMissing(_, name), Some(table)) => !index(table, name),
            (Probe::ForeignKeyExists(_, name), Some(table)) => key(table, name),
            (Probe::ForeignKeyMissing(_, name), Some(table)) => !key(table, name),
            (_, None) | (Probe::Repeatable, _) => false,
        }
    }
}
