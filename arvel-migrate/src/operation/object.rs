//! What a database has besides tables: views, sequences, types, extensions, schemas, routines, triggers, partitions.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{IndexDef, TableName, is_default};

/// Something besides a table.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Object {
    /// A view, also a materialized one.
    View(ViewDef),
    /// A sequence.
    Sequence(SequenceDef),
    /// An enum type.
    Enum(EnumDef),
    /// An extension of the server.
    Extension(ExtensionDef),
    /// A schema: a space for names.
    Namespace(NamespaceDef),
    /// A function or procedure.
    Routine(RoutineDef),
    /// A trigger.
    Trigger(TriggerDef),
    /// A partition of a table.
    Partition(PartitionDef),
}

/// A view.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ViewDef {
    /// The name.
    pub name: TableName,
    /// Names for its columns; those of the query when empty.
    #[serde(default, skip_serializing_if = "is_default")]
    pub columns: Vec<String>,
    /// The `SELECT`.
    pub query: String,
    /// Whether its rows are kept.
    #[serde(default, skip_serializing_if = "is_default")]
    pub materialized: bool,
    /// For a materialized view: whether it stays empty until it is refreshed.
    #[serde(default, skip_serializing_if = "is_default")]
    pub without_data: bool,
    /// Whether it takes the place of a view of this name.
    #[serde(default, skip_serializing_if = "is_default")]
    pub replace: bool,
    /// `LOCAL` or `CASCADED`: whether a row that the view would not show may be written through it.
    #[serde(default, skip_serializing_if = "is_default")]
    pub check_option: Option<String>,
    /// Options by name, as written: `security_barrier`, `algorithm`, `security`, `fillfactor`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub options: Vec<(String, String)>,
    /// Indexes of a materialized view.
    #[serde(default, skip_serializing_if = "is_default")]
    pub indexes: Vec<IndexDef>,
}

/// A sequence.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SequenceDef {
    /// The name.
    pub name: TableName,
    /// The first value.
    #[serde(default, skip_serializing_if = "is_default")]
    pub start: Option<i64>,
    /// The step.
    #[serde(default, skip_serializing_if = "is_default")]
    pub increment: Option<i64>,
    /// The smallest value.
    #[serde(default, skip_serializing_if = "is_default")]
    pub minimum: Option<i64>,
    /// The largest value.
    #[serde(default, skip_serializing_if = "is_default")]
    pub maximum: Option<i64>,
    /// How many values a connection takes at once.
    #[serde(default, skip_serializing_if = "is_default")]
    pub cache: Option<i64>,
    /// The type of its values; the database's own choice when absent.
    #[serde(default, skip_serializing_if = "is_default")]
    pub data_type: Option<String>,
    /// Whether it begins again behind the largest value.
    #[serde(default, skip_serializing_if = "is_default")]
    pub cycle: bool,
    /// The column with which it goes.
    #[serde(default, skip_serializing_if = "is_default")]
    pub owned_by: Option<(TableName, String)>,
}

/// An enum type.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EnumDef {
    /// The name.
    pub name: TableName,
    /// The values in order.
    pub values: Vec<String>,
}

/// A change of an enum type.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnumChange {
    /// A new value.
    AddValue {
        /// The value.
        value: String,
        /// Where; the end when absent.
        #[serde(default, skip_serializing_if = "is_default")]
        place: Option<EnumPlace>,
    },
    /// Another spelling of a value, in all rows.
    RenameValue {
        /// The present spelling.
        from: String,
        /// The new one.
        to: String,
    },
}

/// The place of a new value.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum EnumPlace {
    /// Before this value.
    Before(String),
    /// Behind this value.
    After(String),
}

/// An extension of the server.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExtensionDef {
    /// The name.
    pub name: String,
    /// Where its objects are put.
    #[serde(default, skip_serializing_if = "is_default")]
    pub schema: Option<String>,
    /// Whether an installed one is fine.
    #[serde(default, skip_serializing_if = "is_default")]
    pub if_not_exists: bool,
}

/// A schema: a space for names.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamespaceDef {
    /// The name.
    pub name: String,
    /// Whether an existing one is fine.
    #[serde(default, skip_serializing_if = "is_default")]
    pub if_not_exists: bool,
}

/// A function or procedure, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct RoutineDef {
    /// The name.
    pub name: TableName,
    /// The types of the arguments as a `DROP` needs them: `integer, text`.
    #[serde(default, skip_serializing_if = "is_default")]
    pub arguments: String,
    /// Whether it is a procedure.
    #[serde(default, skip_serializing_if = "is_default")]
    pub procedure: bool,
    /// The whole `CREATE` statement.
    pub sql: String,
}

/// A trigger, as text.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct TriggerDef {
    /// The name.
    pub name: String,
    /// The table.
    pub table: TableName,
    /// The whole `CREATE TRIGGER` statement.
    pub sql: String,
}

/// A partition of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PartitionDef {
    /// The partition's own name.
    pub name: TableName,
    /// The table.
    pub of: TableName,
    /// The bounds as written: `FOR VALUES FROM ('2026-01-01') TO ('2027-01-01')`, `VALUES LESS THAN (100)`.
    pub bounds: String,
}

/// Kinds of objects.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ObjectKind {
    /// A view.
    View,
    /// A materialized view.
    MaterializedView,
    /// A sequence.
    Sequence,
    /// An enum type.
    Enum,
    /// An extension.
    Extension,
    /// A schema.
    Namespace,
    /// A function.
    Function,
    /// A procedure.
    Procedure,
    /// A trigger.
    Trigger,
    /// A partition.
    Partition,
}

impl ObjectKind {
    /// The word for people.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            ObjectKind::View => "view",
            ObjectKind::MaterializedView => "materialized view",
            ObjectKind::Sequence => "sequence",
            ObjectKind::Enum => "enum type",
            ObjectKind::Extension => "extension",
            ObjectKind::Namespace => "schema",
            ObjectKind::Function => "function",
            ObjectKind::Procedure => "procedure",
            ObjectKind::Trigger => "trigger",
            ObjectKind::Partition => "partition",
        }
    }
}

/// Which object: what a `DROP` must know, and the key of an object in a schema.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct ObjectId {
    /// The kind.
    pub kind: ObjectKind,
    /// The name.
    pub name: TableName,
    /// Trigger and partition: the table.
    #[serde(default, skip_serializing_if = "is_default")]
    pub table: Option<TableName>,
    /// Routine: the types of the arguments.
    #[serde(default, skip_serializing_if = "is_default")]
    pub arguments: Option<String>,
}

impl ObjectId {
    /// An object that its kind and name tell.
    #[must_use]
    pub fn new(kind: ObjectKind, name: impl Into<TableName>) -> Self {
        Self { kind, name: name.into(), table: None, arguments: None }
    }
}

impl fmt::Display for ObjectId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.kind.word(), self.name)?;
        match &self.table {
            Some(table) => write!(f, " of {table}"),
            None => Ok(()),
        }
    }
}

impl Object {
    /// Whether one of this name may have been there before, so that a drop is not the way back.
    #[must_use]
    pub fn may_replace(&self) -> bool {
        let replaces = |sql: &str| {
            let words: Vec<String> = sql.split_whitespace().take(3).map(str::to_lowercase).collect();
            words == ["create", "or", "replace"]
        };
        match self {
            Object::View(view) => view.replace,
            Object::Extension(extension) => extension.if_not_exists,
            Object::Namespace(space) => space.if_not_exists,
            Object::Routine(routine) => replaces(&routine.sql),
            Object::Trigger(trigger) => replaces(&trigger.sql),
            Object::Sequence(_) | Object::Enum(_) | Object::Partition(_) => false,
        }
    }

    /// Which object it is.
    #[must_use]
    pub fn id(&self) -> ObjectId {
        let plain = |kind, name: &TableName| ObjectId::new(kind, name.clone());
        let bare = |name: &str| TableName { schema: None, name: name.to_owned() };
        match self {
            Object::View(view) if view.materialized => plain(ObjectKind::MaterializedView, &view.name),
            Object::View(view) => plain(ObjectKind::View, &view.name),
            Object::Sequence(sequence) => plain(ObjectKind::Sequence, &sequence.name),
            Object::Enum(kind) => plain(ObjectKind::Enum, &kind.name),
            Object::Extension(extension) => plain(ObjectKind::Extension, &bare(&extension.name)),
            Object::Namespace(space) => plain(ObjectKind::Namespace, &bare(&space.name)),
            Object::Routine(routine) => ObjectId {
                arguments: Some(routine.arguments.clone()),
                ..plain(
                    if routine.procedure { ObjectKind::Procedure } else { ObjectKind::Function },
                    &routine.name,
                )
            },
            Object::Trigger(trigger) => ObjectId {
                table: Some(trigger.table.clone()),
                ..plain(ObjectKind::Trigger, &bare(&trigger.name))
            },
            Object::Partition(partition) => ObjectId {
                table: Some(partition.of.clone()),
                ..plain(ObjectKind::Partition, &partition.name)
            },
        }
    }
}
