//! What a migration asks for, as values: recorded by the DSL, compiled by a dialect, never run by themselves.
//!
//! An operation is free of any database's spelling. Names of indexes and keys are already resolved, so that a drop
//! by columns and a create by columns meet. `down` is either written or the [`reverse`] of these.

mod batch;
mod canonical;
#[cfg(test)]
mod canonical_tests;
mod column;
mod condition;
mod constraint;
mod feature;
mod features;
mod index;
mod made;
mod object;
mod reverse;
mod step;
mod table;
mod temporary;
mod types;
mod unseen;

pub use batch::{Batch, BatchFn, BatchStep};
pub use canonical::canonical_text;
pub(crate) use column::Misuse;
pub use column::{ColumnDef, DefaultValue, Generated, Identity, Position, Reference};
pub use condition::{Condition, Question};
pub use constraint::{
    Algorithm, AlterMode, CheckDef, Deferrable, ExclusionDef, ForeignKeyAction, ForeignKeyDef, LockLevel,
    PrimaryKeyDef,
};
pub use feature::Feature;
pub use features::features;
pub(crate) use features::is_online;
pub use index::{IndexColumn, IndexDef, IndexKey, IndexKind, NullsOrder};
pub use made::Made;
pub use object::{
    EnumChange, EnumDef, EnumPlace, ExtensionDef, NamespaceDef, Object, ObjectId, ObjectKind, PartitionDef,
    RoutineDef, SequenceDef, TriggerDef, ViewDef,
};
pub use reverse::{Irreversible, reverse};
pub use step::{DataFn, DataResult, DataStep, EmbeddedSql, SqlStep};
pub use table::{PartitionBy, PartitionStrategy, TableChange, TableDef, TableName, TableOptions};
pub(crate) use temporary::lasting;
pub use types::{ColumnType, RangeOf, SpecialType};
pub(crate) use unseen::plain_where_unseen;

/// For fields that are left out of a stored operation while they say nothing.
pub(crate) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// One recorded change. What holds code or a question can not be stored; no way back is made of such.
#[derive(Clone, Debug, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Operation {
    /// A new table with its columns, keys and indexes.
    CreateTable(TableDef),
    /// Changes of one table, in the order in which they were written.
    AlterTable {
        /// The table.
        table: TableName,
        /// What changes.
        changes: Vec<TableChange>,
    },
    /// A new name for a table.
    RenameTable {
        /// The present name.
        from: TableName,
        /// The new name.
        to: TableName,
    },
    /// Removes a table and its rows.
    DropTable {
        /// The table.
        table: TableName,
        /// Whether an absent table is fine.
        if_exists: bool,
    },
    /// Something besides a table is made.
    Create(Object),
    /// Something besides a table goes.
    Drop {
        /// What.
        object: ObjectId,
        /// Whether an absent one is fine.
        if_exists: bool,
    },
    /// Something besides a table takes another name.
    Rename {
        /// What.
        object: ObjectId,
        /// The new name.
        to: TableName,
    },
    /// An enum type changes.
    AlterEnum {
        /// The type.
        name: TableName,
        /// How.
        change: EnumChange,
    },
    /// A materialized view takes the present rows.
    RefreshView {
        /// The view.
        name: TableName,
        /// Whether readers go on meanwhile.
        online: bool,
        /// Whether it loses its rows instead: nobody can read it until the next time.
        #[serde(default, skip_serializing_if = "is_default")]
        without_data: bool,
    },
    /// Both sides of a condition; the executor decides which one runs.
    #[serde(skip)]
    When {
        /// The condition.
        condition: Condition,
        /// What runs when it holds.
        then: Vec<Operation>,
        /// What runs when it does not.
        otherwise: Vec<Operation>,
    },
    /// SQL as written.
    Sql(SqlStep),
    /// Code that works on the rows, in the migration's own transaction.
    #[serde(skip)]
    Data(DataStep),
    /// Code that works on the rows of one table, part by part.
    #[serde(skip)]
    Batched(BatchStep),
}

impl Operation {
    /// The operation itself and everything in the sides of its conditions, as far as a database of this family can run
    /// them.
    pub fn each<'a>(&'a self, family: &str, visit: &mut dyn FnMut(&'a Operation)) {
        visit(self);
        if let Operation::When { condition, then, otherwise } = self {
            let known = match &condition.question {
                Question::Family(wanted) => Some((wanted == family) == condition.expected),
                _ => None,
            };
            let sides = [(then, known != Some(false)), (otherwise, known != Some(true))];
            for operation in sides.into_iter().filter(|(_, runs)| *runs).flat_map(|(side, _)| side) {
                operation.each(family, visit);
            }
        }
    }

    /// A short phrase for people: `create table posts`.
    #[must_use]
    pub fn describe(&self) -> String {
        match self {
            Operation::CreateTable(table) => format!("create table {}", table.name),
            Operation::AlterTable { table, changes } => match changes.as_slice() {
                [only] => format!("alter table {table}: {}", only.describe()),
                _ => format!("alter table {table}: {} changes", changes.len()),
            },
            Operation::RenameTable { from, to } => format!("rename table {from} to {to}"),
            Operation::DropTable { table, .. } => format!("drop table {table}"),
            Operation::Create(object) => format!("create {}", object.id()),
            Operation::Drop { object, .. } => format!("drop {object}"),
            Operation::Rename { object, to } => format!("rename {object} to {to}"),
            Operation::AlterEnum { name, change: EnumChange::AddValue { value, .. } } => {
                format!("add value '{value}' to enum type {name}")
            }
            Operation::AlterEnum { name, change: EnumChange::RenameValue { from, to } } => {
                format!("rename value '{from}' of enum type {name} to '{to}'")
            }
            Operation::RefreshView { name, without_data: true, .. } => {
                format!("empty materialized view {name}")
            }
            Operation::RefreshView { name, .. } => format!("refresh materialized view {name}"),
            Operation::When { condition, .. } => format!("when {condition}"),
            Operation::Sql(step) => step.describe(),
            Operation::Data(step) => format!("run `{}`", step.name),
            Operation::Batched(step) => format!("run `{}` over {} in parts", step.name, step.table),
        }
    }
}
