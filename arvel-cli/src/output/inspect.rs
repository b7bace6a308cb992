//! The live schema, for people and for programs.

use arvel_migrate::{
    DatabaseIdentity, Inspection, TableSize,
    operation::{ForeignKeyAction, IndexColumn, IndexKind, Object, TableName, ViewDef},
    schema::{Column, ForeignKey, Index, Table},
};
use serde::Serialize;

use super::{Console, human, theme};

/// `db inspect`: a line for each table, and what there is besides.
pub fn everything(console: &Console, inspection: &Inspection) {
    let mut rows = vec![["table", "columns", "indexes", "keys", "rows (about)", "size"].map(str::to_owned)];
    for (name, table) in &inspection.schema.tables {
        let size = inspection.sizes.get(name).copied().unwrap_or_default();
        rows.push([
            name.to_string(),
            table.columns.len().to_string(),
            table.indexes.len().to_string(),
            table.foreign_keys.len().to_string(),
            size.rows.map(|rows| rows.to_string()).unwrap_or_default(),
            size.bytes.map(bytes).unwrap_or_default(),
        ]);
    }
    if rows.len() > 1 {
        human::table(console, &rows, &[]);
    }
    for id in inspection.schema.objects.keys() {
        console.result(id);
    }
    place(console, &inspection.database);
    console.result(human::count(inspection.schema.tables.len(), "table"));
}

/// `db inspect TABLE`.
pub fn details(console: &Console, inspection: &Inspection) {
    for (name, table) in &inspection.schema.tables {
        let size = inspection.sizes.get(name).copied().unwrap_or_default();
        console.result(format_args!("{}{}", theme::paint(theme::BOLD, name), measures(size)));
        if let Some(comment) = &table.comment {
            console.result(theme::paint(theme::DIM, comment));
        }
        if let Some((whole, bounds)) = &table.partition_of {
            console.result(format_args!("partition of {whole} {bounds}"));
        }
        if let Some(by) = &table.partition_by {
            console.result(format_args!("rows split by {by}"));
        }
        columns(console, table);
        list(console, "indexes", table.indexes.iter().map(index_line));
        list(console, "foreign keys", table.foreign_keys.iter().map(key_line));
        let named = |name: Option<&String>| name.cloned().unwrap_or_else(|| "(unnamed)".to_owned());
        list(console, "checks", table.checks.iter().map(|c| (named(c.name.as_ref()), c.expression.clone())));
        list(console, "exclusions", table.exclusions.iter().map(|e| (e.name.clone(), e.definition.clone())));
        list(
            console,
            "partitions",
            table.partitions.iter().map(|(name, bounds)| (name.to_string(), bounds.clone())),
        );
        list(console, "triggers", table.triggers.iter().map(|(name, _)| (name.clone(), String::new())));
    }
    for (id, object) in &inspection.schema.objects {
        console.result(theme::paint(theme::BOLD, id));
        if let Object::View(view) = object {
            console.result(&view.query);
            if view.without_data {
                console.result("without rows until it is refreshed");
            }
            list(console, "indexes", view.indexes.iter().map(|def| index_line(&Index::of(def))));
        }
    }
    place(console, &inspection.database);
}

fn place(console: &Console, database: &DatabaseIdentity) {
    let host = if database.host.is_empty() { String::new() } else { format!(" on {}", database.host) };
    console.progress(format_args!("{} {}{host}", database.driver, database.database));
}

fn measures(size: TableSize) -> String {
    let rows = size
        .rows
        .map(|rows| format!("about {}", human::count(usize::try_from(rows).unwrap_or(usize::MAX), "row")));
    let parts: Vec<String> = rows.into_iter().chain(size.bytes.map(bytes)).collect();
    if parts.is_empty() { String::new() } else { format!(" ({})", parts.join(", ")) }
}

fn columns(console: &Console, table: &Table) {
    let mut rows = vec![["column", "type", "null", "default", "notes"].map(str::to_owned)];
    let key = table.primary_key.as_ref().map(|key| key.columns.as_slice()).unwrap_or_default();
    for column in &table.columns {
        rows.push([
            column.name.clone(),
            column.type_name.clone(),
            if column.nullable { "yes" } else { "no" }.to_owned(),
            column.default.clone().unwrap_or_default(),
            notes(column, key.contains(&column.name)),
        ]);
    }
    human::table(console, &rows, &[]);
}

fn notes(column: &Column, in_key: bool) -> String {
    let mut notes = Vec::new();
    if in_key {
        notes.push("primary key".to_owned());
    }
    if column.auto_increment {
        notes.push("counts up".to_owned());
    }
    if let Some(generated) = &column.generated {
        let kept = if generated.stored { "stored" } else { "virtual" };
        notes.push(format!("{kept} as ({})", generated.expression));
    }
    if column.invisible {
        notes.push("invisible".to_owned());
    }
    notes.extend(column.charset.iter().map(|charset| format!("character set {charset}")));
    notes.extend(column.collation.iter().map(|collation| format!("collation {collation}")));
    notes.extend(column.extra.clone());
    notes.extend(column.comment.iter().map(|comment| format!("-- {comment}")));
    notes.join(", ")
}

fn list(console: &Console, title: &str, lines: impl Iterator<Item = (String, String)>) {
    let lines: Vec<(String, String)> = lines.collect();
    if lines.is_empty() {
        return;
    }
    console.result(theme::paint(theme::DIM, title));
    let width = lines.iter().map(|(name, _)| name.chars().count()).max().unwrap_or(0);
    for (name, rest) in lines {
        let pad = " ".repeat(width - name.chars().count() + 2);
        console.result(format!("  {name}{pad}{rest}").trim_end());
    }
}

fn index_line(index: &Index) -> (String, String) {
    let kind = match index.kind {
        IndexKind::Index => String::new(),
        kind => format!("{} ", kind.word().trim_end_matches("_index")),
    };
    let parts: Vec<String> = index.columns.iter().map(part).collect();
    let mut text = format!("{kind}({})", parts.join(", "));
    if let Some(method) = &index.method {
        text.push_str(&format!(" using {method}"));
    }
    if !index.include.is_empty() {
        text.push_str(&format!(" include ({})", index.include.join(", ")));
    }
    if let Some(predicate) = &index.predicate {
        text.push_str(&format!(" where {predicate}"));
    }
    if index.invalid {
        text.push_str(", invalid: an online build failed");
    }
    (index.name.clone(), text)
}

fn part(part: &IndexColumn) -> String {
    let length = part.length.map(|length| format!("({length})")).unwrap_or_default();
    let order = if part.descending { " desc" } else { "" };
    format!("{}{length}{order}", part.text())
}

fn key_line(key: &ForeignKey) -> (String, String) {
    let name = key.name.clone().unwrap_or_else(|| "(unnamed)".to_owned());
    let mut text = format!("({}) -> {}", key.columns.join(", "), key.references);
    if !key.referenced_columns.is_empty() {
        text.push_str(&format!(" ({})", key.referenced_columns.join(", ")));
    }
    for (event, action) in [("delete", key.on_delete), ("update", key.on_update)] {
        if action != ForeignKeyAction::NoAction {
            text.push_str(&format!(" on {event} {}", action.sql().to_lowercase()));
        }
    }
    if key.not_valid {
        text.push_str(", not validated");
    }
    (name, text)
}

/// Bytes in the unit that people would use.
fn bytes(bytes: u64) -> String {
    const UNITS: [&str; 5] = ["B", "KiB", "MiB", "GiB", "TiB"];
    let mut unit = 0;
    let mut rest = bytes;
    while rest >= 10_240 && unit + 1 < UNITS.len() {
        rest /= 1024;
        unit += 1;
    }
    if unit == 0 && rest >= 1024 {
        return format!("{} KiB", rest / 1024);
    }
    format!("{rest} {}", UNITS[unit])
}

/// `db inspect --json`.
#[derive(Debug, Serialize)]
pub struct InspectBody {
    database: DatabaseIdentity,
    tables: Vec<TableBody>,
    objects: Vec<ObjectBody>,
}

#[derive(Debug, Serialize)]
struct TableBody {
    name: String,
    rows_estimate: Option<u64>,
    bytes: Option<u64>,
    comment: Option<String>,
    columns: Vec<ColumnBody>,
    primary_key: Option<Vec<String>>,
    indexes: Vec<IndexBody>,
    foreign_keys: Vec<KeyBody>,
    checks: Vec<CheckBody>,
    triggers: Vec<String>,
    partition_by: Option<String>,
    partitions: Vec<PartitionBody>,
    partition_of: Option<PartitionBody>,
}

/// Of a table its partition, of a partition its table.
#[derive(Debug, Serialize)]
struct PartitionBody {
    name: String,
    bounds: String,
}

#[derive(Debug, Serialize)]
struct ColumnBody {
    name: String,
    #[serde(rename = "type")]
    type_name: String,
    nullable: bool,
    default: Option<String>,
    auto_increment: bool,
    generated: Option<String>,
    stored: Option<bool>,
    collation: Option<String>,
    comment: Option<String>,
    extra: Option<String>,
}

#[derive(Debug, Serialize)]
struct IndexBody {
    name: String,
    kind: &'static str,
    columns: Vec<String>,
    method: Option<String>,
    predicate: Option<String>,
    include: Vec<String>,
    valid: bool,
}

#[derive(Debug, Serialize)]
struct KeyBody {
    name: Option<String>,
    columns: Vec<String>,
    references: String,
    referenced_columns: Vec<String>,
    on_delete: &'static str,
    on_update: &'static str,
}

#[derive(Debug, Serialize)]
struct CheckBody {
    name: Option<String>,
    expression: String,
}

#[derive(Debug, Serialize)]
struct ObjectBody {
    kind: &'static str,
    name: String,
    definition: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    indexes: Option<Vec<IndexBody>>,
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
            database: inspection.database.clone(),
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
