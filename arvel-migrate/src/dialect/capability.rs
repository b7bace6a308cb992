//! Facts about a database, as data: nobody asks who it is, only what it can do.

/// What a database can do. Built by the driver from what the server answers.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Capability {
    /// The family: `sqlite`, `postgres`, `mysql`. The name that `schema.sql_for` takes.
    pub family: &'static str,
    /// The name for people: `SQLite`, `PostgreSQL`, `MariaDB`, `MySQL`.
    pub display_name: &'static str,
    /// The server's version as it says it.
    pub version: String,
    /// Whether schema changes and the history row can be one transaction.
    pub transactional_ddl: bool,
    /// Whether one packet may carry a whole transactional step.
    pub packet: bool,
    /// Whether one packet may carry the journal of a statement that commits by itself, and the statement.
    pub journal_packet: bool,
    /// The longest identifier, in bytes.
    pub longest_identifier: usize,
    /// Whether ids count from a file of the machine: the lock is a file lock.
    pub file_database: bool,
    /// The statement that begins the transaction of a migration.
    pub begin: &'static str,
    /// Whether a foreign key may name a table that is not there: then rows fail, much later.
    pub parents_may_be_missing: bool,
    /// How foreign keys are switched off around a table rebuild; `None` where no rebuild needs it.
    pub foreign_key_switch: Option<ForeignKeySwitch>,
}

/// The statements around a step that rebuilds a table which others reference.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ForeignKeySwitch {
    /// Before the transaction: inside one it does nothing, and dropping the old table would cascade to child rows.
    pub off: &'static str,
    /// A query whose rows are children without their parent (their table first, the parent's third): before the commit
    /// there may be none that were not there at the beginning.
    pub check: &'static str,
    /// After the transaction, however it ended.
    pub on: &'static str,
}
