//! The document of `db inspect`.

use arvel_migrate::{
    Inspection, TableSize,
    operation::{Object, TableName, ViewDef},
    schema::{Column, ForeignKey, Index, Table},
};
#[cfg(test)]
use schemars::JsonSchema;
use serde::Serialize;

use super::database::DatabaseText;
use crate::output::inspect::part;

/// `db inspect`.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema))]
pub struct InspectBody {
    /// Which database.
    database: DatabaseText,
    /// The tables that were asked for.
    tables: Vec<TableBody>,
    /// What there is beside tables: views, types, routines, sequences.
    objects: Vec<ObjectBody>,
}

/// A table.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Table"))]
struct TableBody {
    /// Its name, with its schema when that is not the connection's own.
    name: String,
    /// About how many rows it has; null when the database does not say.
    rows_estimate: Option<u64>,
    /// About how much room it takes, in bytes; null when the database does not say.
    bytes: Option<u64>,
    /// Its comment.
    comment: Option<String>,
    /// Its columns, in their order.
    columns: Vec<ColumnBody>,
    /// The columns of its primary key.
    primary_key: Option<Vec<String>>,
    /// Its indexes.
    indexes: Vec<IndexBody>,
    /// Its foreign keys.
    foreign_keys: Vec<KeyBody>,
    /// Its checks.
    checks: Vec<CheckBody>,
    /// The names of its triggers.
    triggers: Vec<String>,
    /// What its rows are split by.
    partition_by: Option<String>,
    /// Its partitions.
    partitions: Vec<PartitionBody>,
    /// The table that it is a partition of.
    partition_of: Option<PartitionBody>,
}

/// A partition and its table.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Partition"))]
struct PartitionBody {
    /// Of a table its partition, of a partition its table.
    name: String,
    /// Which rows are in it.
    bounds: String,
}

/// A column.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Column"))]
struct ColumnBody {
    /// Its name.
    name: String,
    /// Its type, in the database's own words.
    #[serde(rename = "type")]
    type_name: String,
    /// Whether it may be NULL.
    nullable: bool,
    /// Its default, as SQL.
    default: Option<String>,
    /// Whether it counts up by itself.
    auto_increment: bool,
    /// The expression that it is computed from.
    generated: Option<String>,
    /// Whether the computed value is stored; null when it is not computed.
    stored: Option<bool>,
    /// Its collation.
    collation: Option<String>,
    /// Its comment.
    comment: Option<String>,
    /// What else the database says of it.
    extra: Option<String>,
}

/// An index.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Index"))]
struct IndexBody {
    /// Its name.
    name: String,
    /// What it is: `index`, `unique`, `primary`, …
    kind: &'static str,
    /// Its columns and expressions, with length and order.
    columns: Vec<String>,
    /// The method, where the database has several.
    method: Option<String>,
    /// Which rows are in it; null for all.
    predicate: Option<String>,
    /// Columns that it only carries.
    include: Vec<String>,
    /// Whether it is usable: a build that failed halfway leaves one that is not.
    valid: bool,
}

/// A foreign key.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "ForeignKey"))]
struct KeyBody {
    /// Its name.
    name: Option<String>,
    /// Its columns.
    columns: Vec<String>,
    /// The table that it references.
    references: String,
    /// The columns there; empty for the primary key.
    referenced_columns: Vec<String>,
    /// What happens when the other row is deleted, as SQL.
    on_delete: &'static str,
    /// What happens when the other key changes, as SQL.
    on_update: &'static str,
}

/// A check.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Check"))]
struct CheckBody {
    /// Its name.
    name: Option<String>,
    /// Its condition, as SQL.
    expression: String,
}

/// A view, a type, a routine, a sequence.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(JsonSchema), schemars(rename = "Object"))]
struct ObjectBody {
    /// What it is: `view`, `enum`, `function`, …
    kind: &'static str,
    /// Its name.
    name: String,
    /// Its text, where the database keeps one.
    definition: Option<String>,
    /// The indexes of a materialized view.
    #[serde(skip_serializing_if = "Option::is_none")]
    indexes: Option<Vec<IndexBody>>,
    /// Whether a materialized view has been filled.
    #[serde(skip_serializing_if = "Option::is_none")]
    populated: Option<bool>,
}

impl InspectBody {
    /// The document of an inspection.
    pub fn of(inspection: &Inspection) -> Self {
        let table = |(name, table): (&TableName, &Table)| {
            TableBody::of(name, table, inspection.sizes.get(name).copied().unwrap_or_default())
        };
        let objects = inspection.schema.objects.iter().map(|(id, object)| ObjectBody {
            kind: id.kind.word(),
            name: id.name.to_string(),
            definition: match object {
                Object::View(view) => Some(view.query.clone()),
                Object::Routine(routine) => Some(routine.sql.clone()),
                Object::Trigger(trigger) => Some(trigger.sql.clone()),
                Object::Enum(kind) => Some(kind.values.join(", ")),
                _ => None,
            },
            indexes: kept(object).map(|view| view.indexes.iter().map(|def| index(&Index::of(def))).collect()),
            populated: kept(object).map(|view| !view.without_data),
        });
        Self {
            database: DatabaseText::of(&inspection.database),
            tables: inspection.schema.tables.iter().map(table).collect(),
            objects: objects.collect(),
        }
    }
}

impl TableBody {
    fn of(name: &TableName, table: &Table, size: TableSize) -> Self {
        let column = |column: &Column| ColumnBody {
            name: column.name.clone(),
            type_name: column.type_name.clone(),
            nullable: column.nullable,
            default: column.default.clone(),
            auto_increment: column.auto_increment,
            generated: column.generated.as_ref().map(|generated| generated.expression.clone()),
            stored: column.generated.as_ref().map(|generated| generated.stored),
            collation: column.collation.clone(),
            comment: column.comment.clone(),
            extra: column.extra.clone(),
        };
        let key = |key: &ForeignKey| KeyBody {
            name: key.name.clone(),
            columns: key.columns.clone(),
            references: key.references.to_string(),
            referenced_columns: key.referenced_columns.clone(),
            on_delete: key.on_delete.sql(),
            on_update: key.on_update.sql(),
        };
        Self {
            name: name.to_string(),
            rows_estimate: size.rows,
            bytes: size.bytes,
            comment: table.comment.clone(),
            columns: table.columns.iter().map(column).collect(),
            primary_key: table.primary_key.as_ref().map(|key| key.columns.clone()),
            indexes: table.indexes.iter().map(index).collect(),
            foreign_keys: table.foreign_keys.iter().map(key).collect(),
            checks: table
                .checks
                .iter()
                .map(|check| CheckBody { name: check.name.clone(), expression: check.expression.clone() })
                .collect(),
            triggers: table.triggers.iter().map(|(name, _)| name.clone()).collect(),
            partition_by: table.partition_by.clone(),
            partitions: table.partitions.iter().map(partition).collect(),
            partition_of: table.partition_of.as_ref().map(partition),
        }
    }
}

fn partition((name, bounds): &(TableName, String)) -> PartitionBody {
    PartitionBody { name: name.to_string(), bounds: bounds.clone() }
}

/// A view that keeps its rows.
fn kept(object: &Object) -> Option<&ViewDef> {
    match object {
        Object::View(view) if view.materialized => Some(view),
        _ => None,
    }
}

fn index(index: &Index) -> IndexBody {
    IndexBody {
        name: index.name.clone(),
        kind: index.kind.word(),
        columns: index.columns.iter().map(part).collect(),
        method: index.method.clone(),
        predicate: index.predicate.clone(),
        include: index.include.clone(),
        valid: !index.invalid,
    }
}
