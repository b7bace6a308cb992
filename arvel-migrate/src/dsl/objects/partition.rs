//! Tables whose rows are split, and their partitions.

use crate::{
    dsl::{Blueprint, ColumnNames, Schema},
    operation::{
        AlterMode, Object, ObjectId, ObjectKind, PartitionBy, PartitionDef, PartitionStrategy, TableChange,
        TableName,
    },
};

impl Schema {
    /// Adds a partition to a table. The bounds are written in the database's words:
    /// `FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`, `VALUES LESS THAN (2027)`. It stands in the schema of the table
    /// unless its name says another.
    pub fn create_partition(&mut self, table: &str, name: &str, bounds: &str) {
        let of = TableName::parse(table);
        let (name, bounds) = (of.beside(name), bounds.trim().to_owned());
        self.push_object(Object::Partition(PartitionDef { name, of, bounds }));
    }

    /// Removes a partition of a table with its rows.
    pub fn drop_partition(&mut self, table: &str, name: &str) {
        let of = TableName::parse(table);
        let name = of.beside(name);
        let id = ObjectId { table: Some(of), ..ObjectId::new(ObjectKind::Partition, name) };
        self.push_drop_object(id, false);
    }
}

impl Blueprint {
    /// Splits the rows of a new table by spans of these columns, or of an expression.
    pub fn partition_by_range(&mut self, keys: impl ColumnNames) -> Partitioning<'_> {
        self.partition_by(PartitionStrategy::Range, keys)
    }

    /// Splits the rows of a new table by lists of values of these columns, or of an expression.
    pub fn partition_by_list(&mut self, keys: impl ColumnNames) -> Partitioning<'_> {
        self.partition_by(PartitionStrategy::List, keys)
    }

    /// Splits the rows of a new table by a hash of these columns, or of an expression.
    pub fn partition_by_hash(&mut self, keys: impl ColumnNames) -> Partitioning<'_> {
        self.partition_by(PartitionStrategy::Hash, keys)
    }

    /// Splits the rows of a new table by a hash of the server's choice of these columns.
    pub fn partition_by_key(&mut self, keys: impl ColumnNames) -> Partitioning<'_> {
        self.partition_by(PartitionStrategy::Key, keys)
    }

    /// A table becomes a partition of this one. The bounds are written in the database's words.
    pub fn attach_partition(&mut self, name: &str, bounds: &str) {
        let (name, bounds) = (self.table.beside(name), bounds.trim().to_owned());
        self.push(TableChange::AttachPartition { name, bounds });
    }

    /// A partition becomes a table of its own, with its rows.
    pub fn detach_partition(&mut self, name: &str) -> Detached<'_> {
        let detach = TableChange::DetachPartition {
            name: self.table.beside(name),
            bounds: None,
            mode: AlterMode::default(),
        };
        match self.push(detach) {
            TableChange::DetachPartition { bounds, mode, .. } => Detached { bounds, mode },
            _ => unreachable!("pushed on the line above"),
        }
    }

    fn partition_by(&mut self, strategy: PartitionStrategy, keys: impl ColumnNames) -> Partitioning<'_> {
        let by = PartitionBy { strategy, keys: keys.names(), partitions: Vec::new() };
        Partitioning { by: self.partition_by.insert(by) }
    }
}

/// The partitions that are made with a table.
pub struct Partitioning<'t> {
    by: &'t mut PartitionBy,
}

impl Partitioning<'_> {
    /// A partition and its bounds, in the database's words.
    pub fn partition(self, name: &str, bounds: &str) -> Self {
        self.by.partitions.push((name.to_owned(), bounds.trim().to_owned()));
        self
    }
}

/// How a partition is detached.
pub struct Detached<'t> {
    bounds: &'t mut Option<String>,
    mode: &'t mut AlterMode,
}

impl Detached<'_> {
    /// Its bounds, for the way back.
    pub fn bounds(self, bounds: &str) -> Self {
        *self.bounds = Some(bounds.to_owned());
        self
    }

    /// Readers and writers of the table go on meanwhile.
    pub fn online(self) -> Self {
        self.mode.online = true;
        self
    }
}
