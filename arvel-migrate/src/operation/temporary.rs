//! Temporary tables go with the connection that made them. A way back is gone on another one, and has nothing to do
//! with them: a table of that name would be somebody else's.

use std::collections::BTreeSet;

use super::{Operation, TableName};

/// The operations whose effect outlives the connection: without those on tables that earlier ones made temporary.
pub(crate) fn lasting(operations: &[Operation]) -> Vec<&Operation> {
    let mut temporary: BTreeSet<&TableName> = BTreeSet::new();
    let mut lasting = Vec::with_capacity(operations.len());
    for operation in operations {
        let goes = match operation {
            Operation::CreateTable(table) if table.options.temporary => {
                temporary.insert(&table.name);
                true
            }
            Operation::AlterTable { table, .. } => temporary.contains(table),
            Operation::RenameTable { from, to } => {
                let goes = temporary.remove(from);
                if goes {
                    temporary.insert(to);
                }
                goes
            }
            Operation::DropTable { table, .. } => temporary.remove(table),
            _ => false,
        };
        if !goes {
            lasting.push(operation);
        }
    }
    lasting
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{dsl::Schema, operation::reverse};

    #[test]
    fn what_went_with_its_connection_is_not_undone() {
        let recorded = Schema::record(|schema| {
            schema.create("scratch", |t| {
                t.temporary();
                t.integer("n");
            });
            schema.create("kept", |t| {
                t.integer("n");
            });
            schema.table("scratch", |t| {
                t.integer("m");
            });
            schema.rename("scratch", "other");
            schema.table("other", |t| t.drop_column("n"));
            schema.drop("other");
            schema.table("other", |t| {
                t.integer("m");
            });
        });
        assert_eq!(recorded.errors, []);
        let lasting: Vec<String> =
            lasting(&recorded.operations).into_iter().map(Operation::describe).collect();
        assert_eq!(lasting, ["create table kept", "alter table other: add column m"]);
        let back = reverse(&recorded.operations).unwrap();
        let back: Vec<String> = back.iter().map(Operation::describe).collect();
        assert_eq!(back, ["alter table other: drop column m", "drop table kept"]);
    }
}
