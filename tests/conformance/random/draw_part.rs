//! Tables whose rows are split, and their partitions.

use arvel_migrate::{
    operation::{
        AlterMode, Feature, Object, ObjectId, ObjectKind, Operation, PartitionBy, PartitionDef,
        PartitionStrategy, TableChange, TableName,
    },
    schema::{DatabaseSchema, Table},
};

use super::draw::Draw;

impl Draw {
    /// How the rows of a table are split: by the number of its key, or by what is in no key that PostgreSQL has alone.
    pub(super) fn partition_by(&mut self, table: &TableName, counts: bool) -> Option<PartitionBy> {
        use PartitionStrategy as S;
        let postgres = self.is("postgres");
        let (range, list, hash) = match postgres {
            true => (
                ["FOR VALUES FROM (0) TO (10)", "FOR VALUES FROM (10) TO (MAXVALUE)"],
                ["FOR VALUES IN (1, 2)", "DEFAULT"],
                ["FOR VALUES WITH (MODULUS 2, REMAINDER 0)", "FOR VALUES WITH (modulus 2, remainder 1)"],
            ),
            false => (
                ["VALUES LESS THAN (10)", "VALUES LESS THAN (900)"],
                ["VALUES IN (1,2)", "VALUES IN (3)"],
                ["", ""],
            ),
        };
        let all = [
            (Feature::PartitionRange, S::Range, range),
            (Feature::PartitionList, S::List, list),
            (Feature::PartitionHash, S::Hash, hash),
            (Feature::PartitionKey, S::Key, ["", ""]),
        ];
        let (feature, strategy, bounds) = self.dice.pick(&all);
        if counts == postgres || !self.perhaps(feature, if postgres { 2 } else { 5 }) {
            return None;
        }
        // A partition is a table beside the others, or becomes one.
        let prefix = format!("{}_", table.name);
        let partitions = bounds.iter().enumerate();
        Some(PartitionBy {
            strategy,
            keys: vec![if postgres { "n" } else { "id" }.to_owned()],
            partitions: partitions.map(|(at, bounds)| (format!("{prefix}p{at}"), (*bounds).into())).collect(),
        })
    }

    /// A table that was a partition becomes one again.
    pub(super) fn attach(&mut self, schema: &DatabaseSchema) -> Option<Operation> {
        let split = schema.tables.iter().filter(|(_, table)| table.partition_by.is_some());
        let pairs: Vec<(&TableName, &Table, &TableName)> = split
            .flat_map(|(name, table)| {
                let parts = schema.tables.keys();
                let own = parts.filter(move |other| other.name.starts_with(&format!("{}_p", name.name)));
                own.map(move |part| (name, table, part))
            })
            .collect();
        let (table, split, part) = self.dice.pick_one(&pairs)?;
        let bounds = self.bounds(
            split,
            ["FOR VALUES FROM (0) TO (10)", "FOR VALUES IN (1, 2)"],
            ["VALUES LESS THAN (900)", "VALUES IN (3)"],
        );
        let attach = TableChange::AttachPartition { name: (*part).clone(), bounds };
        Some(Operation::AlterTable { table: (*table).clone(), changes: vec![attach] })
    }

    /// Bounds that fit the way in which the rows of a table are split, for ranges and for lists.
    fn bounds(&mut self, table: &Table, postgres: [&str; 2], mysql: [&str; 2]) -> String {
        let [range, list] = if self.is("postgres") { postgres } else { mysql };
        let by = table.partition_by.as_deref().and_then(|by| by.split(' ').next());
        let other = if self.is("postgres") { "DEFAULT" } else { "" };
        let fitting = match by {
            Some("RANGE") => range,
            Some("LIST") => list,
            _ if self.is("postgres") => "FOR VALUES WITH (MODULUS 2, REMAINDER 0)",
            _ => "",
        };
        self.dice.pick(&[fitting, fitting, fitting, other]).to_owned()
    }

    /// A partition that leaves its table.
    pub(super) fn other_parts(&mut self, table: &Table) -> Option<TableChange> {
        let (part, bounds) = match self.is("mysql") {
            // KNOWN: another one has no way back, which is not said before: partitions are added at the end.
            true => table.partitions.last()?.clone(),
            false => self.dice.pick_one(&table.partitions)?.clone(),
        };
        let mode =
            AlterMode { online: self.perhaps(Feature::DetachPartitionOnline, 3), ..AlterMode::default() };
        Some(TableChange::DetachPartition { name: part, bounds: Some(bounds), mode })
    }

    /// A partition that comes or goes.
    pub(super) fn partition(&mut self, schema: &DatabaseSchema) -> Operation {
        let split: Vec<(&TableName, &Table)> =
            schema.tables.iter().filter(|(_, table)| table.partition_by.is_some()).collect();
        let Some((of, table)) = self.dice.pick_one(&split).copied() else { return self.create(schema) };
        if let Some((part, _)) = self.dice.pick_one(&table.partitions)
            && self.dice.one_in(2)
        {
            let object =
                ObjectId { table: Some(of.clone()), ..ObjectId::new(ObjectKind::Partition, part.clone()) };
            return Operation::Drop { object, if_exists: self.dice.one_in(3) };
        }
        let table = table.clone();
        let bounds = self.bounds(
            &table,
            ["FOR VALUES FROM (-10) TO (0)", "FOR VALUES IN (7)"],
            ["VALUES LESS THAN (2000)", "VALUES IN (7)"],
        );
        Operation::Create(Object::Partition(PartitionDef {
            name: format!("{}_p{}", of.name, 2 + self.dice.roll(3)).as_str().into(),
            of: of.clone(),
            bounds,
        }))
    }
}
