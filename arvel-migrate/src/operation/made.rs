//! What the operations of applied migrations leave: the things of which it is certain that a migration made them. An
//! emptied database loses those also where they stand outside the connection's own schema.

use std::collections::BTreeSet;

use super::{Object, ObjectId, ObjectKind, Operation, TableChange, TableName};

/// Tables and objects that migrations made and that later ones left there.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Made {
    /// Tables.
    pub tables: BTreeSet<TableName>,
    /// Everything else, but triggers: they go with their tables.
    pub objects: BTreeSet<ObjectId>,
}

impl Made {
    /// Follows operations that have run. What may have been there before them they made only if `back`, their way back,
    /// drops it.
    pub fn follow(&mut self, operations: &[Operation], back: &[Operation]) {
        let mut dropped = Made::default();
        back.iter().for_each(|operation| dropped.add_dropped(operation));
        for operation in operations {
            self.after(operation, &dropped, true);
        }
    }

    /// What these operations, the kept way back of a migration without a file, would drop.
    pub fn follow_back(&mut self, back: &[Operation]) {
        back.iter().for_each(|operation| self.add_dropped(operation));
    }

    /// The schemas, without those of the other things.
    pub fn namespaces(&self) -> impl Iterator<Item = &str> {
        self.of(&[ObjectKind::Namespace]).map(|id| id.name.name.as_str())
    }

    /// The objects of some kinds.
    pub fn of(&self, kinds: &[ObjectKind]) -> impl Iterator<Item = &ObjectId> {
        self.objects.iter().filter(move |id| kinds.contains(&id.kind))
    }

    fn after(&mut self, operation: &Operation, dropped: &Made, certain: bool) {
        match operation {
            Operation::CreateTable(table) if table.options.temporary => {}
            Operation::CreateTable(table) => {
                let is_new = certain && !table.if_not_exists;
                let made = is_new || dropped.tables.contains(&table.name);
                self.tables.extend(made.then(|| table.name.clone()));
                let parts = table.partition_by.iter().filter(|_| made).flat_map(|by| &by.partitions);
                let parts = parts.map(|(name, _)| partition(&table.name, table.name.beside(name)));
                self.objects.extend(parts);
            }
            Operation::Create(Object::Trigger(_)) => {}
            Operation::Create(object) => {
                let id = object.id();
                if (certain && !object.may_replace()) || dropped.objects.contains(&id) {
                    self.objects.insert(id);
                }
            }
            Operation::When { then, otherwise, .. } => {
                // Which side ran is not known here.
                then.iter().chain(otherwise).for_each(|operation| self.after(operation, dropped, false));
            }
            _ if !certain => {}
            Operation::DropTable { table, .. } => {
                self.tables.remove(table);
            }
            Operation::RenameTable { from, to } => {
                let moved = self.tables.remove(from).then(|| to.clone());
                self.tables.extend(moved);
            }
            Operation::AlterTable { table, changes } => {
                for change in changes {
                    let TableChange::DetachPartition { name, .. } = change else { continue };
                    if self.objects.remove(&partition(table, name.clone())) {
                        self.tables.insert(name.clone());
                    }
                }
            }
            Operation::Drop { object, .. } => {
                self.objects.remove(object);
            }
            Operation::Rename { object, to } => self.rename(object, to),
            _ => {}
        }
    }

    fn add_dropped(&mut self, operation: &Operation) {
        match operation {
            Operation::DropTable { table, .. } => {
                self.tables.insert(table.clone());
            }
            Operation::Drop { object, .. } if object.kind != ObjectKind::Trigger => {
                self.objects.insert(object.clone());
            }
            Operation::When { then, otherwise, .. } => {
                then.iter().chain(otherwise).for_each(|operation| self.add_dropped(operation));
            }
            _ => {}
        }
    }

    fn rename(&mut self, id: &ObjectId, to: &TableName) {
        if self.objects.remove(id) {
            self.objects.insert(ObjectId { name: to.clone(), ..id.clone() });
        }
        if id.kind == ObjectKind::Namespace {
            let moved = |name: TableName| match name.schema.as_ref() == Some(&id.name.name) {
                true => TableName { schema: Some(to.name.clone()), ..name },
                false => name,
            };
            self.tables = std::mem::take(&mut self.tables).into_iter().map(moved).collect();
            let objects = std::mem::take(&mut self.objects).into_iter();
            self.objects = objects.map(|id| ObjectId { name: moved(id.name), ..id }).collect();
        }
    }
}

fn partition(table: &TableName, name: TableName) -> ObjectId {
    ObjectId { table: Some(table.clone()), ..ObjectId::new(ObjectKind::Partition, name) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{dsl::Schema, operation::reverse};

    fn shown(made: &Made) -> Vec<String> {
        let tables = made.tables.iter().map(|table| format!("table {table}"));
        tables.chain(made.objects.iter().map(ToString::to_string)).collect()
    }

    #[test]
    fn what_is_certain_and_still_there() {
        let first = Schema::record(|schema| {
            schema.create_schema("x");
            schema.create_schema("z");
            schema.create("x.kept", |t| {
                t.id();
            });
            schema.create("x.old", |t| {
                t.id();
            });
            schema.create_enum("x.mood", &["a"]);
            schema.create_extension("citext");
            schema.create("x.gone", |t| {
                t.id();
            });
        });
        let second = Schema::record(|schema| {
            schema.drop("x.gone");
            schema.rename("x.old", "x.new");
            schema.rename_schema("x", "y");
            schema.drop_schema("z");
        });
        let mut made = Made::default();
        made.follow(&first.operations, &reverse(&first.operations).unwrap());
        made.follow(&second.operations, &[]);
        let left = ["table y.kept", "table y.new", "enum type y.mood", "extension citext", "schema y"];
        assert_eq!(shown(&made), left);
    }

    #[test]
    fn what_may_have_been_there_is_made_if_the_way_back_drops_it() {
        let up = Schema::record(|schema| {
            schema.create_schema_if_not_exists("x");
            schema.create_if_not_exists("x.a", |t| {
                t.id();
            });
            schema.when_missing_table("x.b", |schema| {
                schema.create("x.b", |t| {
                    t.id();
                });
            });
        });
        let down = Schema::record(|schema| {
            schema.drop_if_exists("x.b");
            schema.drop("x.a");
        });
        let (mut made, mut unknown) = (Made::default(), Made::default());
        made.follow(&up.operations, &down.operations);
        assert_eq!(shown(&made), ["table x.a", "table x.b"]);
        unknown.follow(&up.operations, &[]);
        assert_eq!(unknown, Made::default());
    }
}
