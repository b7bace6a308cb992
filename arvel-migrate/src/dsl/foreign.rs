//! Foreign keys: the actions, on the reference of a column and on a key over several.

use super::{Blueprint, ColumnNames};
use crate::operation::{Deferrable, ForeignKeyAction, ForeignKeyDef, Reference, TableChange, TableName};

impl Blueprint {
    /// A foreign key over columns: `table.foreign(["a", "b"]).references(["x", "y"]).on("parents")`.
    pub fn foreign(&mut self, columns: impl ColumnNames) -> &mut ForeignKeyDef {
        self.add_foreign(columns.names())
    }

    #[inline(never)]
    fn add_foreign(&mut self, columns: Vec<String>) -> &mut ForeignKeyDef {
        let name = self.name(&columns, "foreign");
        match self.push(TableChange::AddForeignKey(ForeignKeyDef {
            name,
            columns,
            ..ForeignKeyDef::default()
        })) {
            TableChange::AddForeignKey(key) => key,
            _ => unreachable!("pushed on the line above"),
        }
    }
}

macro_rules! actions {
    ($type:ty) => {
        impl $type {
            /// When a parent row goes: any of the five actions.
            pub fn on_delete(&mut self, action: ForeignKeyAction) -> &mut Self {
                self.on_delete = Some(action);
                self
            }
            /// When a parent key changes: any of the five actions.
            pub fn on_update(&mut self, action: ForeignKeyAction) -> &mut Self {
                self.on_update = Some(action);
                self
            }
            /// Children go with their parent.
            pub fn cascade_on_delete(&mut self) -> &mut Self {
                self.on_delete(ForeignKeyAction::Cascade)
            }
            /// A parent with children stays.
            pub fn restrict_on_delete(&mut self) -> &mut Self {
                self.on_delete(ForeignKeyAction::Restrict)
            }
            /// Children lose their parent and stay; the column must be nullable.
            pub fn null_on_delete(&mut self) -> &mut Self {
                self.on_delete(ForeignKeyAction::SetNull)
            }
            /// As the standard's default says it.
            pub fn no_action_on_delete(&mut self) -> &mut Self {
                self.on_delete(ForeignKeyAction::NoAction)
            }
            /// Children follow a changed key.
            pub fn cascade_on_update(&mut self) -> &mut Self {
                self.on_update(ForeignKeyAction::Cascade)
            }
            /// A key with children does not change.
            pub fn restrict_on_update(&mut self) -> &mut Self {
                self.on_update(ForeignKeyAction::Restrict)
            }
            /// Children lose a changed parent.
            pub fn null_on_update(&mut self) -> &mut Self {
                self.on_update(ForeignKeyAction::SetNull)
            }
            /// As the standard's default says it.
            pub fn no_action_on_update(&mut self) -> &mut Self {
                self.on_update(ForeignKeyAction::NoAction)
            }
            /// A transaction may ask for the check at its end.
            pub fn deferrable(&mut self) -> &mut Self {
                self.deferrable = Some(Deferrable::Immediate);
                self
            }
            /// It is checked at the end of the transaction.
            pub fn initially_deferred(&mut self) -> &mut Self {
                self.deferrable = Some(Deferrable::Deferred);
                self
            }
        }
    };
}

actions!(Reference);
actions!(ForeignKeyDef);

impl Reference {
    /// A name of its own for the constraint.
    pub fn named(&mut self, name: &str) -> &mut Self {
        self.name = Some(name.to_owned());
        self
    }
}

impl ForeignKeyDef {
    /// The parent's columns.
    pub fn references(&mut self, columns: impl ColumnNames) -> &mut Self {
        self.referenced_columns = columns.names();
        self
    }

    /// The parent.
    pub fn on(&mut self, table: &str) -> &mut Self {
        self.references = TableName::parse(table);
        self
    }

    /// A name of its own for the constraint.
    pub fn named(&mut self, name: &str) -> &mut Self {
        name.clone_into(&mut self.name);
        self
    }

    /// A key with one NULL part is NULL in all.
    pub fn match_full(&mut self) -> &mut Self {
        self.match_full = true;
        self
    }
}
