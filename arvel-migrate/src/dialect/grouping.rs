//! Which changes of a table may stand in one `ALTER TABLE`.
//!
//! A server works through the clauses of one ALTER in an order of its own (drops, types, additions), so two clauses
//! may share a statement only when neither minds the order: when they touch different things. The exceptions are
//! spelled in [`Group::takes`].

use std::collections::BTreeSet;

use crate::operation::{TableChange, TableName};

#[derive(Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Thing {
    Column(String),
    Key(String),
    PrimaryKey,
    Comment,
    Table,
}

/// The changes that are gathered for one statement.
#[derive(Default)]
pub(crate) struct Group {
    added_columns: BTreeSet<String>,
    owned: BTreeSet<Thing>,
    used_columns: BTreeSet<String>,
    adds_foreign_key: bool,
    adds_check: bool,
}

impl Group {
    /// Whether the change may join those that are gathered.
    pub fn takes(&self, table: &TableName, change: &TableChange) -> bool {
        let (owned, used) = touched(change);
        let changed_columns = || {
            self.owned.iter().any(|thing| match thing {
                Thing::Column(name) => !self.added_columns.contains(name),
                _ => false,
            })
        };
        match change {
            // The engines read the expression after or before the other clauses, each in its own way.
            TableChange::AddCheck(_) if changed_columns() => return false,
            TableChange::ChangeColumn(_)
            | TableChange::DropColumn { .. }
            | TableChange::RenameColumn { .. }
                if self.adds_check =>
            {
                return false;
            }
            // The parent's key must be there already.
            TableChange::AddForeignKey(key) if &key.references == table && !self.owned.is_empty() => {
                return false;
            }
            // Together they would work where one after the other fails, and so the way back would: the type of a key's
            // column changes, and then the key goes.
            TableChange::DropForeignKey { columns, .. }
                if columns.iter().any(|name| self.owned.contains(&Thing::Column(name.clone()))) =>
            {
                return false;
            }
            // The same: the server makes another index for the key.
            TableChange::DropIndex { .. } if self.adds_foreign_key => return false,
            _ => {}
        }
        // An auto-increment column needs a key at any moment: its key is replaced in one statement.
        let replaces_key = matches!(change, TableChange::AddPrimaryKey(_));
        owned.iter().all(|thing| match thing {
            Thing::PrimaryKey if replaces_key => true,
            Thing::Column(name) => !self.owned.contains(thing) && !self.used_columns.contains(name),
            _ => !self.owned.contains(thing),
        }) && used.iter().all(|name| {
            self.added_columns.contains(name) || !self.owned.contains(&Thing::Column(name.clone()))
        })
    }

    /// Gathers the change.
    pub fn add(&mut self, change: &TableChange) {
        let (owned, used) = touched(change);
        self.owned.extend(owned);
        self.used_columns.extend(used);
        self.adds_foreign_key |= matches!(change, TableChange::AddForeignKey(_));
        self.adds_check |= matches!(change, TableChange::AddCheck(_));
        if let TableChange::AddColumn(column) = change {
            self.added_columns.insert(column.name.clone());
        }
    }
}

/// What the change makes, alters or removes, and the columns that it reads.
fn touched(change: &TableChange) -> (Vec<Thing>, Vec<String>) {
    let column = |name: &String| Thing::Column(name.clone());
    let key = |name: &String| Thing::Key(name.clone());
    match change {
        TableChange::AddColumn(def) | TableChange::ChangeColumn(def) => {
            let mut owned = vec![column(&def.name)];
            if def.auto_increment {
                owned.push(Thing::PrimaryKey);
            }
            (owned, Vec::new())
        }
        TableChange::DropColumn { name } => (vec![column(name)], Vec::new()),
        TableChange::RenameColumn { from, to } => (vec![column(from), column(to)], Vec::new()),
        TableChange::AddPrimaryKey(def) => (vec![Thing::PrimaryKey], def.columns.clone()),
        TableChange::DropPrimaryKey { .. } => (vec![Thing::PrimaryKey], Vec::new()),
        TableChange::AddIndex(def) => {
            (vec![key(&def.name)], def.column_names().chain(&def.include).cloned().collect())
        }
        TableChange::AddForeignKey(def) => (vec![key(&def.name)], def.columns.clone()),
        TableChange::DropIndex { name, .. }
        | TableChange::DropForeignKey { name, .. }
        | TableChange::DropExclusion { name }
        | TableChange::ValidateConstraint { name }
        | TableChange::DropCheck { name } => (vec![key(name)], Vec::new()),
        TableChange::AddExclusion(def) => (vec![key(&def.name)], Vec::new()),
        TableChange::Options(_)
        | TableChange::AttachPartition { .. }
        | TableChange::DetachPartition { .. } => (vec![Thing::Table], Vec::new()),
        TableChange::RenameIndex { from, to } => (vec![key(from), key(to)], Vec::new()),
        TableChange::AddCheck(def) => (vec![key(&def.name)], Vec::new()),
        TableChange::Comment(_) => (vec![Thing::Comment], Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{dsl::Schema, operation::Operation};

    fn groups(body: fn(&mut Schema)) -> Vec<usize> {
        let recorded = Schema::record(body);
        let Some(Operation::AlterTable { table, changes }) = recorded.operations.first() else {
            panic!("{recorded:?}")
        };
        let (mut sizes, mut group) = (vec![0], Group::default());
        for change in changes {
            if !group.takes(table, change) {
                sizes.push(0);
                group = Group::default();
            }
            group.add(change);
            *sizes.last_mut().unwrap() += 1;
        }
        sizes
    }

    #[test]
    fn changes_share_a_statement_when_their_order_does_not_matter() {
        type Body = fn(&mut Schema);
        let cases: [(Body, &[usize]); 9] = [
            (
                |s| {
                    s.table("t", |t| {
                        t.integer("a").change();
                        t.drop_foreign("a");
                    })
                },
                &[1, 1],
            ),
            (
                |s| {
                    s.table("t", |t| {
                        t.string("a").unique();
                        t.foreign_id("b").constrained("x");
                    })
                },
                &[4],
            ),
            (
                |s| {
                    s.table("t", |t| {
                        t.rename_column("a", "b");
                        t.index("b");
                    })
                },
                &[1, 1],
            ),
            (
                |s| {
                    s.table("t", |t| {
                        t.drop_index("a");
                        t.index("a");
                    })
                },
                &[1, 1],
            ),
            (
                |s| {
                    s.table("t", |t| {
                        t.drop_primary("a");
                        t.primary("b");
                    })
                },
                &[2],
            ),
            (
                |s| {
                    s.table("t", |t| {
                        t.drop_column("a");
                        t.string("a");
                    })
                },
                &[1, 1],
            ),
            (
                |s| {
                    s.table("t", |t| {
                        t.drop_constrained_foreign_id("a");
                    })
                },
                &[2],
            ),
            (
                |s| {
                    s.table("t", |t| {
                        t.drop_column("a");
                        t.check("c", "b > 0");
                    })
                },
                &[1, 1],
            ),
            (
                |s| {
                    s.table("t", |t| {
                        t.check("c", "b > 0");
                        t.rename_column("b", "d");
                    })
                },
                &[1, 1],
            ),
        ];
        for (body, sizes) in cases {
            assert_eq!(groups(body), sizes, "{:?}", Schema::record(body));
        }
    }
}
